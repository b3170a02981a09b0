"""Banned calls, and what to use instead."""

from .source import Finding, Rule, matches

PRODUCT = ("lib", "resource", "cmd")
EVERYWHERE = PRODUCT + ("tests",)
CALL = r"(?<![\w.>])(?:std::|::)?"


class Ban:
    def __init__(self, name, pattern, instead, example, folders=PRODUCT, allowed=(), suffixes=()):
        self.name = name
        self.pattern = pattern
        self.instead = instead
        self.example = example      # a line that must be noticed
        self.folders = folders
        self.allowed = allowed      # paths that begin so may
        self.suffixes = suffixes    # if given, only files that end so; `!` in front: all others

    def applies_to(self, path):
        if path.startswith(self.allowed):
            return False
        if self.suffixes and self.suffixes[0] == "!":
            return not path.endswith(self.suffixes[1:])
        return not self.suffixes or path.endswith(self.suffixes)


TESTS_TOO = ("!", "_test.cpp", "_fuzz.cpp")
BANS = [
    Ban("shells", CALL + r"(?:system|popen|wordexp)\s*\(",
        "start a program with system/child.h, without a shell", "system(text);", EVERYWHERE),
    Ban("printing", CALL + r"(?:printf|vprintf|puts|putchar|fputs|fputc|fwrite|fprintf)\s*\(",
        "return the text; what a person started prints it through lib/system", "printf(text);",
        allowed=("lib/system/",)),
    Ban("streams", r"\bstd::(?:cout|cerr|clog|cin)\b",
        "return the text; cmd/ prints it through lib/system, whose flush is checked",
        "std::cout << text;", allowed=("lib/system/", "cmd/")),
    Ban("sleeping", r"\b(?:sleep_for|sleep_until|usleep|nanosleep)\s*\(|" + CALL + r"sleep\s*\(",
        "wait on the condition, through World: SIGTERM must reach every wait",
        "std::this_thread::sleep_for(x);", EVERYWHERE, allowed=("lib/system/",)),
    Ban("clocks", r"\b(?:system|steady|high_resolution|utc)_clock::now\b|\b(?:gettimeofday|"
                  r"clock_gettime|localtime|localtime_r)\s*\(|" + CALL + r"time\s*\(\s*(?:nullptr|"
                  r"NULL|0|&)",
        "take `now` from World: tests set it", "auto t = std::chrono::system_clock::now();",
        allowed=("lib/system/",)),
    Ban("environment", r"\b(?:getenv|secure_getenv|setenv|putenv|unsetenv)\s*\(|\benviron\b",
        "take it from World's environment: tests set it", "std::getenv(name);",
        allowed=("lib/system/",), suffixes=TESTS_TOO),
    Ban("std::regex", r"\bstd::(?:w?regex|regex_\w+|w?smatch|w?cmatch)\b",
        "use Glob or a small parser: std::regex overflows the stack on long input",
        "std::regex r(text);", EVERYWHERE),
    Ban("unbounded C functions", CALL + r"(?:strcpy|strcat|strncpy|sprintf|vsprintf|gets|strtok|"
                                 r"atoi|atol|atoll|atof|scanf|sscanf|alloca)\s*\(",
        "use std::string and std::from_chars, which know their limits and say when they fail",
        "int n = atoi(text);", EVERYWHERE),
    Ban("owning by hand", r"\bnew\s+[A-Za-z_:(]|\bnew\s*\(|\bdelete\s*\[|"
                          r"(?<!=)(?<!= )\bdelete\s+\w|"
                          + CALL + r"(?:malloc|calloc|realloc|free|strdup)\s*\(",
        "use std::make_unique or a container; for what a C library made, unique_ptr with a deleter",
        "auto* p = new Thing;", EVERYWHERE, allowed=("tests/torture/",)),
    Ban("using namespace in a header", r"\busing\s+namespace\b",
        "name what is used: whoever includes the header gets it all", "using namespace std;",
        EVERYWHERE, suffixes=(".h",)),
    Ban("leaving early", CALL + r"(?:exit|_exit|_Exit|quick_exit|abort|terminate)\s*\(",
        "throw Failure: main catches it, prints it and returns the exit code", "std::exit(1);",
        allowed=("lib/system/", "cmd/"), suffixes=("!", "_fuzz.cpp")),
    Ban("detached threads", r"\.\s*detach\s*\(",
        "join it (std::jthread): nothing may run on after main", "thread.detach();", EVERYWHERE),
]


def _check(ban):
    def check(tree):
        for path in tree.cpp(*ban.folders):
            if ban.applies_to(path):
                for line, match in matches(ban.pattern, tree.code(path)):
                    yield Finding(path, line, f"{match[0].strip()}: {ban.instead}")
    return check


def _rule(ban):
    suffix = ban.suffixes[0] if ban.suffixes and ban.suffixes[0] != "!" else ".cpp"
    harmless = ("// " + ban.example + "\nconst char* text = \"" + ban.example + "\";\n"
                "boost::system::error_code code;\nThing(Thing&&) = delete;\n"
                "void set_exit(int code);\n"
                "auto x = table.find(1)->second.system(2);\nauto freed = my_free(3) + retime(0);\n")
    return Rule("calls: " + ban.name, _check(ban),
                bad=[{"lib/core/a" + suffix: ban.example + "\n"}],
                good={"lib/core/a" + suffix: harmless})


PYTHON_BANS = (
    (r"\btime\.sleep\s*\(", "wait on the condition itself"),
    (r"\bos\.system\s*\(|shell\s*=\s*True", "start programs by a list of arguments, without shell"),
)


def check_python(tree):
    for path in sorted(tree.texts):
        if path.endswith(".py"):
            for pattern, instead in PYTHON_BANS:
                for line, match in matches(pattern, tree.texts[path]):
                    yield Finding(path, line, f"{match[0]}: {instead}")


RULES = [_rule(ban) for ban in BANS] + [
    Rule("calls: Python", check_python,
         bad=[{"tests/a.py": "time.sleep" + "(1)\n"}, {"tests/a.py": "run(x, shell=" + "True)\n"}],
         good={"tests/a.py": "process.wait(1)\n"}),
]

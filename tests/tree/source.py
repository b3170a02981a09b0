"""The tree as rules see it: texts by path, C++ without comments and strings, functions."""

import ast
import os
import re

SKIPPED_FOLDERS = {".git", "build", "__pycache__", ".cache"}
DATA_FOLDERS = ("tests/data/", "tests/corpora/", "tests/cases/data/", "demo/")
CPP = (".h", ".cpp")


class Tree:
    """Texts by path, relative to the root with `/`; which of them may be run; what is no text."""

    def __init__(self, texts, executable=(), others=()):
        self.texts = texts
        self.paths = set(texts) | set(others)
        self.executable = set(executable)
        self._code = {}

    @staticmethod
    def read(root):
        texts, executable, others = {}, set(), set()
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
            for name in files:
                path = os.path.join(folder, name)
                relative = os.path.relpath(path, root)
                if os.path.islink(path):
                    continue
                with open(path, "rb") as stream:
                    content = stream.read()
                if b"\0" not in content:
                    texts[relative] = content.decode("utf-8", "replace")
                else:
                    others.add(relative)
                if os.access(path, os.X_OK):
                    executable.add(relative)
        return Tree(texts, executable, others)

    def code(self, path):
        """A C++ file with its comments and literals blanked, line by line as before."""
        if path not in self._code:
            self._code[path] = code_only(self.texts[path])
        return self._code[path]

    def cpp(self, *folders):
        """The C++ files below these folders, or all."""
        return [path for path in sorted(self.texts) if path.endswith(CPP)
                and (not folders or path.startswith(tuple(f + "/" for f in folders)))]

    def written_by_hand(self):
        """Everything but data."""
        return [path for path in sorted(self.texts) if not path.startswith(DATA_FOLDERS)]

    def is_script(self, path):
        return self.texts[path].startswith("#!")

    def is_source(self, path):
        ends = CPP + (".py", ".sh", ".cmake", "CMakeLists.txt")
        return path.endswith(ends) or self.is_script(path)


class Finding:
    def __init__(self, path, line, what):
        self.path = path
        self.line = line
        self.what = what

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"


class Rule:
    """A rule, and the proof that it notices: `bad` must give findings, `good` none."""

    def __init__(self, name, check, bad, good, executable=()):
        self.name = name
        self.check = check
        self.bad = bad
        self.good = good
        self.executable = executable


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|R"(?P<fence>[^\s()\\"]{0,16})\(.*?\)(?P=fence)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def code_only(text):
    """Comments and literals as blanks, so that what is left can be searched for calls. The text of
    an #include stays."""
    def blank(match):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if text[line_start:match.start()].lstrip().startswith("#include"):
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])
    return TOKEN.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def matches(pattern, text):
    """(line, match) of everything that the pattern finds."""
    found = re.finditer(pattern, text, re.MULTILINE)
    return [(line_of(text, match.start()), match) for match in found]


NO_FUNCTION = re.compile(
    r"^\s*(?:if|for|while|switch|catch|do|else|return|co_return|namespace|class|struct|union|enum"
    r"|extern)\b")


def cpp_functions(code):
    """(first line, last line) of each function, in code that is formatted as ours is. Braces that
    touch what stands before them are initialisers, all others begin a block."""
    found, open_blocks, start = [], [], 0
    for match in re.finditer(r"[{};]|(?<=\n)#[^\n]*", code):
        position, token = match.start(), match[0]
        if token.startswith("#"):
            start = match.end()
        elif token == "{":
            if code[position - 1:position] not in (" ", "\n", "\t", "(", ""):
                open_blocks.append(None)
                continue
            header = code[start:position]
            inside = any(block == "function" for block, _ in filter(None, open_blocks))
            is_function = "(" in header and not inside and not NO_FUNCTION.match(header)
            first = start + len(header) - len(header.lstrip())
            open_blocks.append(("function" if is_function else "block", first))
            start = match.end()
        elif token == "}" and open_blocks:
            block = open_blocks.pop()
            if block and block[0] == "function":
                found.append((line_of(code, block[1]), line_of(code, position)))
            if block:
                start = match.end()
        elif token == ";":
            start = match.end()
    return found


def python_functions(text):
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.lineno, node.end_lineno) for node in ast.walk(ast.parse(text))
            if isinstance(node, functions)]

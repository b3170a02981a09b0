#include "present/html_parts.h"

namespace upkeep::present {

namespace {

// Colours stand in pairs, light and dark; each text has at least 4.5:1 on what is behind it, which
// tests/browser_check.py measures. The page has no style attribute: its policy would refuse one.
constexpr std::string_view style = R"css(
:root {
  color-scheme: light dark;
  --paper: #fcfbf9; --raised: #ffffff; --ink: #1c1d20; --soft: #5a5d63; --line: #dedad2;
  --faint: #efece5;
  --critical: #9c1028; --high: #b03a06; --medium: #7d5a00; --low: #2b5c8f; --info: #5a5d63;
  --clean: #2a6a3c; --blind: #6a3a8c; --link: #1f4f86;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15161a; --raised: #1d1f24; --ink: #e9e7e2; --soft: #a6a8ae; --line: #34363d;
    --faint: #24262c;
    --critical: #ff8f9b; --high: #ffa16b; --medium: #e3bd5c; --low: #8dbdf0; --info: #a6a8ae;
    --clean: #82c995; --blind: #cba6e8; --link: #9cc4f2;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Inter, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
h1, h2 { font-weight: 650; letter-spacing: -.011em; line-height: 1.2; text-wrap: balance; }
h1 { font-size: 1rem; letter-spacing: 0; color: var(--soft); }
h2 { font-size: 1.5rem; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:focus-visible, summary:focus-visible {
  outline: 3px solid var(--link); outline-offset: 3px; border-radius: 2px;
}
code { font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
ul, ol { list-style: none; }
.aloud {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}

.lead {
  margin: .35rem 0 .6rem; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.35rem); font-weight: 650;
  line-height: 1.15; letter-spacing: -.02em; max-width: 34ch; text-wrap: balance;
}
.lead.clean, .state.clean { color: var(--clean); }
.lead.blind, .state.blind, b.blind { color: var(--blind); }
.when, .seen, footer { color: var(--soft); }
.when { max-width: 75ch; }
time { white-space: nowrap; }

.cards {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 1rem 1.25rem;
  margin: 2.25rem 0 0;
}
.card {
  display: flex; flex-direction: column; height: 100%; padding: .55rem .7rem .8rem 0;
  border-top: 5px solid var(--c); color: var(--ink); text-decoration: none;
  print-color-adjust: exact;
}
.card:hover .name { text-decoration: underline; }
.card .name { font-weight: 600; }
.card .state {
  font-size: 1.375rem; font-weight: 650; letter-spacing: -.012em; line-height: 1.35;
  color: var(--c);
}
.card .words { font-size: .875rem; line-height: 1.4; color: var(--soft); }
.card.blind {
  background: repeating-linear-gradient(-45deg, var(--faint) 0 5px, var(--paper) 5px 11px);
}
.card.blind { border-top-style: dashed; padding-left: .7rem; }
.card.blind .words { color: var(--ink); }
.critical { --c: var(--critical); } .high { --c: var(--high); } .medium { --c: var(--medium); }
.low { --c: var(--low); } .info { --c: var(--info); }
.clean { --c: var(--clean); } .blind { --c: var(--blind); }
.mark {
  width: .85em; height: .85em; margin-right: .35em; vertical-align: -.06em; overflow: visible;
}
.mark path {
  fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round;
  stroke-linejoin: round;
}
.mark .ring { stroke-dasharray: 5 4; stroke-width: 2; }

section { margin-top: 3.25rem; }
.missed { margin-top: 2.25rem; padding: .1rem 1.1rem .2rem; border-left: 5px dashed var(--blind); }
.missed h2 { font-size: 1.15rem; color: var(--blind); }
.missed li, .missed > p { margin-top: .6rem; max-width: 90ch; }
.environment { border-top: 2px solid var(--ink); padding-top: .9rem; }
.standing { margin-top: .15rem; font-size: 1.0625rem; }
.standing .state { font-weight: 650; color: var(--c); }
.seen { font-size: .9375rem; }

figure { margin: 1.5rem 0 0; max-width: 58rem; }
figcaption { font-size: .8125rem; font-weight: 600; color: var(--soft); margin-bottom: .4rem; }
.bars li {
  display: grid; grid-template-columns: 15rem 3rem 1fr; align-items: center; gap: .7rem;
  padding: .16rem 0; font-size: .9375rem; line-height: 1.3;
}
.bar { display: block; width: 100%; height: .8rem; }
.bar rect { fill: var(--c); }
.much { text-align: right; font-weight: 600; }
.more { font-size: .875rem; color: var(--soft); margin-top: .25rem; }

table { width: 100%; border-collapse: collapse; margin-top: 1.25rem; text-align: left; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
thead th {
  font-size: .8125rem; font-weight: 600; color: var(--soft); padding: 0 1rem .35rem 0;
  border-bottom: 1px solid var(--line); vertical-align: bottom; white-space: nowrap;
}
tbody th, td {
  padding: .6rem 1rem .6rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
}
tbody th { font-weight: 600; }
.severity {
  display: inline-block; padding-left: .6rem; border-left: 4px solid var(--c); color: var(--c);
  font-weight: 650; line-height: 1.35; white-space: nowrap;
}
.none { color: var(--soft); }
summary { position: relative; padding-left: 1.1rem; list-style: none; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary::before {
  content: ""; position: absolute; left: .1rem; top: .45em; border: .3em solid transparent;
  border-left: .45em solid var(--link); border-right-width: 0;
}
[open] > summary::before { transform: rotate(90deg); }
details > :not(summary) { margin-left: 1.1rem; }
details[open] { padding-bottom: .3rem; }
.advice { margin-top: .35rem; max-width: 68ch; }
dl { margin-top: .5rem; font-size: .875rem; }
dl div {
  display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .75rem; padding: .1rem 0;
}
dt { color: var(--soft); }
.links { margin-top: .4rem; font-size: .875rem; }
.aside { border-top: 1px solid var(--line); padding-top: .9rem; }
.aside h2 { font-size: 1.125rem; }
.aside > p, .aside > ul { margin-top: .5rem; max-width: 80ch; }
.aside > ul > li { padding-left: 1rem; text-indent: -1rem; }
.aside > ul > li::before { content: "\2013\00a0\00a0"; color: var(--soft); }
.plain { font-size: .9375rem; }
.plain td { color: var(--soft); }
.plain tbody th { font-weight: 500; }
footer { margin-top: 4rem; font-size: .875rem; }

@media print, (min-width: 46.01rem) {
  .findings, .plain { table-layout: fixed; }
  .findings .how { width: 6.25rem; } .findings .kind { width: 8rem; }
  .findings .who { width: 20%; } .findings .job { width: 26%; padding-right: 0; }
  .coverage .who { width: 30%; } .coverage .where { width: 13%; }
  .coverage .count { width: 12%; } .coverage .identity { width: 11%; padding-right: 0; }
  .ignored .who { width: 18%; } .ignored .where { width: 13%; }
  .ignored .why { width: 20%; } .ignored .until { width: 8.5rem; padding-right: 0; }
}
@media screen and (max-width: 46rem) {
  body { padding-top: 1.5rem; }
  .cards { grid-template-columns: 1fr; gap: .75rem; margin-top: 1.4rem; }
  section { margin-top: 2.25rem; }
  .bars li { grid-template-columns: 1fr auto; gap: 0 .8rem; padding: .3rem 0; }
  .bar { grid-column: 1 / -1; height: .6rem; }
  table, tbody, thead, tr, tbody th, td { display: block; width: auto; border: 0; padding: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .plain tr { border-bottom: 1px solid var(--line); padding: 0 0 .7rem; margin-top: .7rem; }
  .plain td:empty { display: none; }
  .coverage .where::before, .ignored .where::before { content: "environment: "; }
  .coverage .count::before { content: "how many: "; }
  .coverage .place::before { content: "from: "; } .coverage .identity::before { content: "as: "; }
  .ignored .why::before { content: "reason: "; }
  .findings tr {
    display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem;
    border-left: 4px solid var(--c); padding: .3rem 0 .35rem .75rem; margin-top: 1rem;
  }
  .findings .severity { padding: 0; border: 0; }
  .findings .what, .findings .job { flex: 0 0 100%; }
  .findings .none { display: none; }
  dl div { grid-template-columns: 7.5rem 1fr; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #bbb; --faint: #eee;
    --critical: #9c1028; --high: #b03a06; --medium: #7d5a00; --low: #2b5c8f; --info: #444;
    --clean: #2a6a3c; --blind: #6a3a8c; --link: #000;
  }
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  body { padding: 0; max-width: none; }
  .lead { font-size: 19pt; }
  section { margin-top: 1.6rem; }
  .cards { grid-template-columns: repeat(4, 1fr); }
  h2, figcaption, thead { break-after: avoid; }
  tr, .card, .bars li, .missed li { break-inside: avoid; }
  summary { padding: 0; }
  summary::before { display: none; }
  .links a::after { content: " " attr(href); color: var(--soft); }
}
@media (forced-colors: active) {
  .bar rect { fill: CanvasText; }
  .card, .missed { border-color: CanvasText; }
}
)css";

}  // namespace

std::string_view page_style() {
    return style;
}

}  // namespace upkeep::present

/** The look of the page: system fonts, one column, light and dark, and readable on a phone and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1d2328;--soft:#5a646d;--line:#dfdcd5;--link:#0b5a83;--good:#1c6b3c;--weak:#8a5a00;--bad:#a32a22}
@media (prefers-color-scheme:dark){:root{--paper:#14181b;--card:#1c2226;--ink:#e8e6e1;--soft:#a3adb5;--line:#333b41;--link:#8cc8ec;--good:#8fd6a8;--weak:#e8c07a;--bad:#f2a49d}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
.page{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
h1{font-size:clamp(1.7rem,5vw,2.4rem);line-height:1.2;margin:0 0 .5rem;letter-spacing:-.01em}
h2{font-size:1.35rem;line-height:1.3;margin:3rem 0 1rem}
h3{font-size:1.125rem;line-height:1.35;margin:0}
p{margin:.5rem 0}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.soft,dt{color:var(--soft)}
.soft{font-size:.9375rem}
nav ul{list-style:none;padding:0;margin:0;columns:15rem;column-gap:2rem}
nav li{break-inside:avoid;padding:.2rem 0}
nav li a{display:inline-block;padding:.15rem 0}
section>ul{padding-inline-start:1.2rem;margin:.25rem 0 1.5rem}
section>ul li{margin:.3rem 0}
article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.25rem;margin:1rem 0}
article:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:.9rem 0 .6rem}
dt{font-size:.9375rem}
dd{margin:0;min-width:0}
dd strong{font-variant-numeric:tabular-nums}
.state{font-size:.9375rem;margin:.75rem 0 0;padding-top:.6rem;border-top:1px solid var(--line)}
.high,.medium{color:var(--good)}.low,.none{color:var(--weak)}.contradicted,.notice{color:var(--bad)}
@media (max-width:32rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.6rem}.page{padding:1.5rem 1rem 4rem}}
@media print{article{break-inside:avoid;border-color:#999}nav{display:none}}
`;

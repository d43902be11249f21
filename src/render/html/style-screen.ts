/** The page on a screen. */
export const screenStyle = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em;unicode-bidi:isolate}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
h1,h2,h3,p,ul,dl,dd{margin:0}
ul{padding:0;list-style:none}
main,header.page,footer.page{max-width:66rem;margin:0 auto;padding:0 1.5rem}
.parts{position:absolute}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.quiet,.note,caption,.intro{color:var(--quiet)}
.text{unicode-bidi:isolate}
header.page{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1.5rem;padding-top:1.5rem;padding-bottom:1rem}
.brand{font-weight:700;letter-spacing:-.01em}
.brand span{color:var(--quiet);font-weight:400}
.subject{color:var(--quiet)}
footer.page{color:var(--quiet);font-size:.875rem;padding-top:1rem;padding-bottom:3rem}
.verdict{--tone:var(--bad);--wash:var(--bad-soft);background:var(--card);border:1px solid var(--line);border-top:6px solid var(--tone);border-radius:10px;padding:1.75rem 2rem 1.75rem}
.verdict.go{--tone:var(--good);--wash:var(--good-soft)}
.verdict.conditional{--tone:var(--warn);--wash:var(--warn-soft)}
.headline{display:flex;align-items:center;gap:1rem}
.sign{flex:none;width:3.25rem;height:3.25rem;fill:none;stroke:var(--card);stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.sign circle,.sign .ground{fill:var(--tone);stroke:none}
h1{font-size:clamp(1.9rem,5vw,2.75rem);line-height:1.1;letter-spacing:-.025em;color:var(--tone)}
h1 span{color:var(--ink);font-weight:400}
.lead{font-size:1.125rem;margin-top:1rem;max-width:46rem}
.reasons{margin-top:1rem;border-top:1px solid var(--line)}
.reasons li{padding:.5rem 0;border-bottom:1px solid var(--line);font-size:.9375rem}
.reasons li:last-child{border-bottom:0;padding-bottom:0}
.code{color:var(--quiet);white-space:nowrap}
.verdict>.note{margin-top:.75rem;font-size:.9375rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem;margin-top:1rem}
.tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem}
.tile.beside{display:flex;justify-content:space-between;align-items:center;gap:1rem}
.tile h2{font-size:.875rem;font-weight:600;color:var(--quiet);letter-spacing:0}
.figure{font-size:2.1rem;font-weight:650;line-height:1.25;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.figure small{font-size:1rem;font-weight:400;letter-spacing:0;color:var(--quiet)}
.tile .note{font-size:.875rem;margin-top:.25rem}
.tile .bar{margin:.35rem 0 .1rem}
nav{margin:1.5rem 0 0;border-bottom:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.5rem}
nav a{display:block;padding:.5rem 0;font-size:.9375rem;text-decoration:none}
nav a:hover{text-decoration:underline}
main>section:not(.verdict){margin-top:2.75rem}
main>section>h2{font-size:1.4rem;letter-spacing:-.015em;line-height:1.25;margin-bottom:.75rem}
section h3{font-size:1.0625rem;line-height:1.4;margin:1.5rem 0 .5rem}
.intro{max-width:46rem;margin-bottom:.75rem}
.mark{display:inline-block;border-radius:4px;padding:.05rem .45rem;font-size:.8125rem;font-weight:600;line-height:1.5;background:var(--soft);color:var(--quiet);white-space:nowrap}
.mark.critical{background:var(--bad);color:var(--card)}
.mark.high{background:var(--bad-soft);color:var(--bad)}
.mark.medium{background:var(--warn-soft);color:var(--warn)}
.rule{color:var(--quiet);font-size:.8125rem}
.place{color:var(--ink);font-weight:600}
.blocker{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--bad);border-radius:8px;padding:1.1rem 1.35rem;margin-top:.75rem}
.blocker header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .7rem}
.blocker h3{margin:0;flex:1 1 20rem}
.findings{margin:.7rem 0}
.findings li{padding:.2rem 0;font-size:.9375rem}
.findings .text{color:var(--ink)}
.blocker dl{margin-top:.7rem;border-top:1px solid var(--line);padding-top:.7rem;font-size:.9375rem}
.blocker dl div{display:grid;grid-template-columns:3.25rem 1fr;padding:.15rem 0}
.blocker dt{font-weight:650}
.blocker dl div+div dd{color:var(--quiet)}
.broke{color:var(--bad);margin-top:.5rem}
details{margin-top:.5rem}
summary{cursor:pointer;padding:.35rem 0}
section>details{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.3rem 1.25rem}
section>details>summary{font-weight:600}
summary .quiet,summary .text{font-weight:400}
.blocker summary{font-size:.875rem;color:var(--quiet);width:fit-content}
.blocker details .fold{font-size:.9375rem}
.fold{padding:.1rem 0 .5rem}
.references li{padding:.15rem 0;font-size:.9375rem}
.groups{background:var(--card);border:1px solid var(--line);border-radius:8px}
.groups li+li{border-top:1px solid var(--line)}
.groups .references li{border:0}
.groups details{margin:0;padding:.3rem 1.25rem}
.columns{columns:18rem;column-gap:2rem}
.columns li{break-inside:avoid;padding:.1rem 0}
`

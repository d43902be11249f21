/** The page on paper: nothing that needs a click, and what belongs together stays together. */
export const paperStyle = `
@page{margin:16mm 14mm}
html{font-size:12px}
body{font-size:1rem;background:none}
.tiles{grid-template-columns:repeat(3,1fr)}
.tile a{display:none}
main,header.page,footer.page{max-width:none;padding-left:0;padding-right:0}
nav,.skip,details.screen{display:none}
details.paper::details-content{content-visibility:visible;block-size:auto}
details.paper>summary{list-style:none}
a{color:inherit;text-decoration:none}
.blocker,.tile,tr,.verdict{break-inside:avoid}
h2,h3,caption,thead{break-after:avoid}
main>section:not(.verdict){margin-top:1.75rem}
.sign,.mark,.bar,.ring,.key,.verdict{print-color-adjust:exact;-webkit-print-color-adjust:exact}
`

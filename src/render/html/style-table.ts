/** Tables and charts. On a narrow screen each row is a card, and each cell says its column. */
export const tableStyle = `
table{width:100%;border-collapse:separate;background:var(--card);border:1px solid var(--line);border-radius:8px;border-spacing:0;font-size:.9375rem}
caption{text-align:left;font-size:.875rem;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .9rem;border-top:1px solid var(--line);font-weight:400}
thead th{border-top:0;font-size:.8125rem;font-weight:600;color:var(--quiet);white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody th .rule{display:block}
.fold caption{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%)}
.wide{width:40%}
.fold table{border:0;background:none}
.fold th:first-child,.fold td:first-child{padding-left:0}
.scores tbody th{font-weight:600;min-width:9.5rem}
.scores td:nth-child(2){width:36%;padding-top:.8rem}
.bar,.ring,.key{display:block;flex:none}
.track{fill:var(--soft)}
.earned{fill:var(--calm)}
.met .earned,.key.met .sample{fill:var(--good)}
.unmet .earned,.key.unmet .sample{fill:var(--bad)}
.open-ground{fill:var(--soft)}
.open-line{fill:var(--open)}
.minimum{stroke:var(--card);stroke-width:2;paint-order:stroke}
.minimum,.key.line .sample{fill:var(--ink)}
.key.line .sample{width:2px;x:10px}
.ring circle{fill:none;stroke-width:7}
.ring .track{stroke:var(--soft)}
.ring .share{stroke:var(--calm)}
.keys{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem;color:var(--quiet);margin-bottom:.6rem}
.keys li{display:flex;align-items:center;gap:.45rem}
@media screen and (max-width:44rem){
main,header.page,footer.page{padding-left:1rem;padding-right:1rem}
.verdict{padding:1.25rem}
.headline{gap:.75rem}
.sign{width:2.6rem;height:2.6rem}
.blocker{padding:1rem}
section>details,.groups details{padding-left:1rem;padding-right:1rem}
table,tbody,caption,tr,th,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.wide{width:auto}
tr{padding:.65rem 1rem;border-top:1px solid var(--line)}
tbody tr:first-child{border-top:0}
.fold tr{padding-left:0;padding-right:0}
tbody th,td{border:0;padding:.1rem 0;white-space:normal}
td{display:flex;gap:.75rem;text-align:left}
td>div{flex:1;min-width:0}
td.number{display:inline-flex;margin-right:1.25rem;gap:.4rem}
td::before{content:attr(data-name);flex:0 0 4rem;text-align:left;color:var(--quiet);font-size:.875rem}
td.number::before{flex:none}
caption{padding:.6rem 1rem;border-bottom:1px solid var(--line)}
.fold caption{padding:0;border:0}
.scores td:nth-child(2){width:auto;padding:.3rem 0}
.scores td:nth-child(2)::before{content:none}
}
`

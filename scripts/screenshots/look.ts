/** GitHub's look, near enough to judge by: its fonts, widths, tables, folds and boxes. */
export const look = `
  * { box-sizing: border-box }
  body { margin: 0; padding: 24px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif }
  a { color: #0969da; text-decoration: underline; text-underline-offset: 3px }
  .comment { max-width: 830px; border: 1px solid #d1d9e0; border-radius: 6px }
  .comment > header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e }
  .comment > header b { color: #1f2328 }
  .label { margin-left: 4px; padding: 0 6px; border: 1px solid #d1d9e0; border-radius: 2em; font-size: 12px; font-weight: 500 }
  .markdown { padding: 16px; overflow-wrap: break-word }
  .markdown > :first-child { margin-top: 0 } .markdown > :last-child { margin-bottom: 0 }
  .markdown p, .markdown ul, .markdown ol, .markdown table, .markdown details, .markdown blockquote, .markdown pre { margin: 0 0 16px }
  .markdown ul, .markdown ol { padding-left: 2em } .markdown li + li { margin-top: .25em }
  .markdown li > p { margin-top: 16px }
  .markdown h1, .markdown h2, .markdown h3, .markdown h4 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25 }
  .markdown h1 { font-size: 2em } .markdown h2 { padding-bottom: .3em; border-bottom: 1px solid #d1d9e0b3; font-size: 1.5em }
  .markdown h3 { font-size: 1.25em } .markdown h4 { font-size: 1em }
  .markdown table { display: block; width: max-content; max-width: 100%; overflow: auto; border-spacing: 0; border-collapse: collapse }
  .markdown th, .markdown td { padding: 6px 13px; border: 1px solid #d1d9e0 } .markdown th { font-weight: 600 }
  .markdown tr:nth-child(2n) { background: #f6f8fa }
  .markdown code { padding: .2em .4em; background: #818b981f; border-radius: 6px; font: 85% ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: break-spaces }
  .markdown pre { padding: 16px; overflow: auto; background: #f6f8fa; border-radius: 6px } .markdown pre code { padding: 0; background: none; white-space: pre }
  .markdown blockquote { padding: 0 1em; border-left: .25em solid #d1d9e0; color: #59636e }
  .markdown summary { cursor: pointer } .markdown sub { font-size: 75%; line-height: 0; position: relative; vertical-align: baseline; bottom: -.25em }
  .markdown hr { height: .25em; margin: 24px 0; border: 0; background: #d1d9e0 }
  .check { max-width: 1012px } .check > h1 { margin: 0 0 4px; font-size: 20px; font-weight: 600 } .check > p { margin: 0 0 16px; color: #59636e }
  .check .box { border: 1px solid #d1d9e0; border-radius: 6px; margin-bottom: 16px }
  .check .box > h2 { margin: 0; padding: 12px 16px; border-bottom: 1px solid #d1d9e0; background: #f6f8fa; border-radius: 6px 6px 0 0; font-size: 14px }
  .buttons { float: right } .buttons button { margin-left: 8px; padding: 3px 12px; border: 1px solid #d1d9e0; border-radius: 6px; background: #f6f8fa; font: 500 12px/20px inherit; font-family: inherit }
  .annotation { padding: 12px 16px; border-top: 1px solid #d1d9e0 } .annotation:first-of-type { border-top: 0 }
  .annotation h3 { margin: 0; font-size: 14px } .annotation .place { color: #59636e; font-size: 12px }
  .annotation pre { margin: 8px 0 0; white-space: pre-wrap; font: 12px ui-monospace, "Liberation Mono", monospace }
  .failure { border-left: 3px solid #cf222e } .warning { border-left: 3px solid #9a6700 } .notice { border-left: 3px solid #59636e }
`

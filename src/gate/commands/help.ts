/** What can be asked, and who may. */
export const helpText = (): string =>
  [
    'What can be asked here, each on a line of its own:',
    '',
    '| | |',
    '|---|---|',
    '| `/prodgate status` | the verdicts on the newest commit |',
    '| `/prodgate recheck` | judge the newest commit again (who may write) |',
    '| `/prodgate explain <rule>` | why a rule is there, and how to meet it |',
    '| `/prodgate help` | this |',
  ].join('\n')

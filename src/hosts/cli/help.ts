/** Every command, in the order in which help names them. */
export const commandNames = ['check', 'evidence', 'explain', 'rules', 'validate', 'init', 'test-rules'] as const
export type CommandName = (typeof commandNames)[number]

const general = `Prodgate decides go, conditional or no-go for a production deployment on evidence instead of claims.

Usage: prodgate <command> [options]

Commands:
  check [dir]          judge a directory for one environment
  evidence [dir]       list the evidence that was found, why some is refused, and the steps that make what is missing
  explain <rule>       what a rule asks, why, and how to repair it; takes foreign ids such as CKV_K8S_20 or DL3002
  rules                list the rules
  validate [policy]    say what is wrong with a policy, or what it means
  init [dir]           write .github/prodgate.yml for what is found in the directory
  test-rules [dir]     run the cases of your own rules

Options:
  -h, --help           this text, or a command's own: prodgate check --help
  -V, --version        the version

Examples:
  prodgate check
  prodgate check services/api --environment staging
  prodgate check --format sarif --output prodgate.sarif
  prodgate explain kubernetes/readiness-probe
  prodgate init

Exit codes: 0 go or conditional (or only observed), 1 no-go, 2 a mistake in the command line, the policy or a rule, 70 a bug
`

const commands: Record<CommandName, string> = {
  check: `Judges a directory for one environment and says go, conditional or no-go.

Usage: prodgate check [dir] [options]

Options:
  -e, --environment <name>    default: production, or the policy's only environment
      --policy <file>         default: .github/prodgate.yml in the directory; without one the recommended policy applies
      --base <ref>            judge a change by what it adds to this commit or branch; its policy and rules apply
  -f, --format <format>       human (default), json, markdown, html, sarif or junit
  -o, --output <file>         write there instead of to standard output
      --evidence <kind=glob>  where results of a kind are: tests=**/junit.xml; may be given several times
      --history <file>        values of earlier deployments; default: the policy's history
      --update-history        add this decision's values to that file, unless it is no-go
      --all                   show every finding
      --no-inline-ignores     take no notice of "prodgate: ignore" comments
      --no-render             start no kustomize and no helm; what only they can render stays unknown
      --now <instant>         judge as of this moment: 2027-03-31T12:00:00Z

Examples:
  prodgate check
  prodgate check --environment staging --all
  prodgate check --base origin/main
  prodgate check --format json | jq .decision
  prodgate check --format html --output report.html
  prodgate check --evidence 'tests=build/**/TEST-*.xml' --evidence 'vulnerabilities=scan/trivy.json'
`,
  evidence: `Lists the evidence that was found and what it says, why some of it does not count, and for each kind that is missing
the step of a workflow that would make it.

Usage: prodgate evidence [dir] [options]

Options:
  -e, --environment <name>    default: production, or the policy's only environment
      --policy <file>         default: .github/prodgate.yml in the directory
  -f, --format <format>       human (default) or json
      --evidence <kind=glob>  where results of a kind are: tests=**/junit.xml; may be given several times
      --now <instant>         as of this moment: 2027-03-31T12:00:00Z

Exit codes: 0 whatever was found, 2 a mistake in the command line, the policy or a rule

Examples:
  prodgate evidence
  prodgate evidence --format json | jq -r '.refused[] | "\\(.path): \\(.reason)"'
`,
  explain: `Says what a rule asks, why, and how to repair what it finds. Rules of .github/prodgate/rules are known too.

Usage: prodgate explain <rule or foreign id>

Examples:
  prodgate explain containers/non-root-user
  prodgate explain CKV_K8S_20
  prodgate explain hadolint:DL3002
`,
  rules: `Lists the rules, those of .github/prodgate/rules among them.

Usage: prodgate rules [options]

Options:
  -f, --format <format>       human (default) or json
      --category <category>   only these

Examples:
  prodgate rules --category containers
  prodgate rules --format json | jq -r '.[].id'
`,
  validate: `Says what is wrong with a policy, with line and column, or what the policy means.

Usage: prodgate validate [policy] [options]

Options:
      --now <instant>         say which waivers hold at this moment

Examples:
  prodgate validate
  prodgate validate policies/production.yml
`,
  init: `Writes .github/prodgate.yml for what is found in the directory: the environments that workflows deploy to, the
services of a monorepo, and where the tests of the languages found leave their results.

Usage: prodgate init [dir] [options]

Options:
      --force                 overwrite the policy that is there

Examples:
  prodgate init
  prodgate init ../shop --force
`,
  'test-rules': `Runs the cases of the rules in a directory, and says of each that does not hold what differs.

Usage: prodgate test-rules [dir]

The directory is .github/prodgate/rules unless another is named. Exit codes: 0 every case holds, 1 one does not, 2 a rule
has a mistake, which is named with its line and column.

Examples:
  prodgate test-rules
  prodgate test-rules policies/rules
`,
}

/** The help of the program, or of one command. */
export const helpText = (about: CommandName | undefined): string => (about === undefined ? general : commands[about])

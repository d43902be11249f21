import { stepOf, type Step } from './step.ts'
import type { Survey, ToolchainName } from './toolchains.ts'

/** Actions by the commit of a release, as their repositories have it. */
export const actions = {
  trivy: 'aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0',
  sbom: 'anchore/sbom-action@e22c389904149dbc22b58101806040fa8d37a610 # v0.24.0',
} as const

const image = 'local/prodgate:${{ github.sha }}'

const buildStep = (file: string): string => {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.'
  return [
    '- name: Build the image',
    '  if: ${{ !cancelled() }}',
    `  run: docker build --tag ${image} --file ${file} ${folder}`,
    '',
  ].join('\n')
}

// The image that the job has built already is the one to name; a build of its own is right where there is none.
const ownImage = 'Where the job builds the image already, leave out the first step and name that image.'

const using = (title: string, action: string, inputs: Record<string, string>): string =>
  [
    `- name: ${title}`,
    '  if: ${{ !cancelled() }}',
    `  uses: ${action}`,
    '  with:',
    ...Object.entries(inputs).map(([name, value]) => `    ${name}: ${value}`),
    '',
  ].join('\n')

const many = (files: readonly string[]): ((at: number) => string) => {
  const several = files.length > 1
  return (at) => (several ? `-${at + 1}` : '')
}

/** Trivy on every image that the repository builds, or on its files where it builds none. */
export const vulnerabilitySteps = ({ imageFiles }: Survey): Step[] => {
  const title = 'Scan with Trivy'
  const rest = { format: 'json', 'list-all-pkgs': 'true' }
  const suffix = many(imageFiles)
  if (imageFiles.length === 0) {
    const inputs = { 'scan-type': 'fs', 'scan-ref': '.', ...rest, output: 'trivy.json' }
    return [{ title, directory: '.', yaml: using(title, actions.trivy, inputs), writes: 'trivy.json' }]
  }
  return imageFiles.map((file, at) => {
    const writes = `trivy-image${suffix(at)}.json`
    const yaml = buildStep(file) + using(title, actions.trivy, { 'image-ref': image, ...rest, output: writes })
    return { title: `${title}: ${file}`, directory: '.', yaml, writes, note: ownImage }
  })
}

/** Syft's list of what is in every image, or in the repository. */
export const sbomSteps = ({ imageFiles }: Survey): Step[] => {
  const title = 'List the components with Syft'
  const rest = { format: 'cyclonedx-json', 'upload-artifact': 'false' }
  const suffix = many(imageFiles)
  if (imageFiles.length === 0) {
    const inputs = { path: '.', ...rest, 'output-file': 'sbom.cdx.json' }
    return [{ title, directory: '.', yaml: using(title, actions.sbom, inputs), writes: 'sbom.cdx.json' }]
  }
  return imageFiles.map((file, at) => {
    const writes = `sbom${suffix(at)}.cdx.json`
    const yaml = buildStep(file) + using(title, actions.sbom, { image, ...rest, 'output-file': writes })
    return { title: `${title}: ${file}`, directory: '.', yaml, writes, note: ownImage }
  })
}

const analysers: { [Name in ToolchainName]?: { title: string; run: string[] } } = {
  go: {
    title: 'Analyse with gosec',
    run: [
      'mkdir -p reports',
      'go run github.com/securego/gosec/v2/cmd/gosec@v2.30.0 -fmt sarif -out reports/gosec.sarif ./... || test -s reports/gosec.sarif',
    ],
  },
  pytest: {
    title: 'Analyse with Bandit',
    run: [
      'mkdir -p reports',
      `python -m pip install 'bandit[sarif]==1.9.4'`,
      'python -m bandit --recursive . --format sarif --output reports/bandit.sarif --exit-zero',
    ],
  },
}

/** Static analysis: a language's own tool, else Semgrep. */
export const analysisSteps = ({ toolchains }: Survey): Step[] => {
  const own = toolchains.flatMap(({ name, directory }) => {
    const analyser = analysers[name]
    const writes = name === 'go' ? 'reports/gosec.sarif' : 'reports/bandit.sarif'
    return analyser === undefined ? [] : [stepOf({ ...analyser, writes }, directory)]
  })
  const others = toolchains.length === 0 || toolchains.some(({ name }) => analysers[name] === undefined)
  const semgrep = {
    title: 'Analyse with Semgrep',
    run: [
      'mkdir -p reports',
      'pipx run semgrep==1.185.0 scan --config p/default --sarif --output reports/semgrep.sarif',
    ],
    writes: 'reports/semgrep.sarif',
  }
  return others ? [...own, stepOf(semgrep, '.')] : own
}

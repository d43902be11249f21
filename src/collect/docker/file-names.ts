const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const dockerfileName = /^(?:Dockerfile|Containerfile)(?:[.-][^/]+)?$|\.(?:Dockerfile|Containerfile)$/i
const templateEnding = /\.(?:j2|jinja2?|tmpl|template|erb|tpl|mustache|hbs|gotmpl|ejs|in)$/i
const otherEnding =
  /\.(?:dockerignore|containerignore|mdx?|txt|rst|adoc|html?|orig|bak|rej|swp|patch|diff|lock|[jt]sx?|mjs|cjs|py|rb|go|java|kt|rs|php|cs|sh|snap|json|ya?ml|toml|xml)$/i
const ignoreName = /^(?:\.dockerignore|\.containerignore|.+\.(?:dockerignore|containerignore))$/i

/** Whether a path names a Dockerfile, a template of one included. */
export const isDockerfilePath = (path: string): boolean => {
  const name = base(path)
  const plain = name.replace(templateEnding, '')
  return dockerfileName.test(plain) && !otherEnding.test(plain) && !otherEnding.test(name)
}

/** Whether a path names a template that another tool turns into a Dockerfile. */
export const isTemplatePath = (path: string): boolean => templateEnding.test(base(path))

/** Whether a path names the patterns that keep files out of a build context. */
export const isIgnoreFilePath = (path: string): boolean => ignoreName.test(base(path))

const developmentFolder =
  /(?:^|\/)(?:\.devcontainer|testdata|fixtures|__fixtures__|__tests__|tests?|e2e|cypress|playwright)\//i
const developmentName =
  /(?:^|[._-])(?:dev|debug|devel|development|devcontainer|test|tests|testing|ci|lint|local|e2e|cypress|playwright|tilt|gitpod)(?=$|[._-])/i

/** Whether a Dockerfile says by its name or folder that its image is for developing or testing, and is never deployed. */
export const isDevelopmentPath = (path: string): boolean => {
  const name = base(path).replace(/dockerfile|containerfile/i, '')
  return developmentFolder.test(path) || developmentName.test(name)
}

/** Whether a stage says by its name that it is for developing or testing. */
export const isDevelopmentStage = (name: string): boolean =>
  /^(?:dev|debug|devel|develop|development|devcontainer|test|tests|testing|unit-tests?|e2e|lint|ci)(?:[-_].*)?$/i.test(
    name,
  )

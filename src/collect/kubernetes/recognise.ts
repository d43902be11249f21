/** Keys of a manifest, in YAML or JSON, at any depth: a List indents them. */
const apiVersionKey = /(?:^|[\n{,])[ \t]*(?:- +)?["']?apiVersion["']?[ \t]*:/
const kindKey = /(?:^|[\n{,])[ \t]*(?:- +)?["']?kind["']?[ \t]*:/

/** Whether a text has what every manifest has; cheap, and asked before anything is parsed. */
export const looksLikeKubernetes = (text: string): boolean =>
  text.includes('apiVersion') && apiVersionKey.test(text) && kindKey.test(text)

/** A line that begins with a template action, or a value that is one without quotes: no YAML until it is rendered. */
const templateLine = /(?:^|\n)[ \t]*(?:- +)?(?:[\w./"'-]+:[ \t]+)?\{\{/

export const isTemplate = (text: string): boolean => text.includes('{{') && templateLine.test(text)

/** `$(VAR)`, `${VAR}`, `{{ value }}`: what only a later step can say. */
export const isComputed = (text: string): boolean => /\$\{|\$\(|\{\{|<%|\[\[/.test(text)

/** Groups of tools that borrowed the form of a manifest and are never sent to a cluster. */
const foreignGroups = new Set([
  'backstage.io',
  'config.kubernetes.io',
  'config.openshift.io',
  'configmanagement.gke.io',
  'client.config.k8s.io',
  'eksctl.io',
  'k0sctl.k0sproject.io',
  'k3d.io',
  'kind.x-k8s.io',
  'kubeadm.k8s.io',
  'kubelet.config.k8s.io',
  'kubeproxy.config.k8s.io',
  'kubescheduler.config.k8s.io',
  'apiserver.config.k8s.io',
  'audit.k8s.io',
  'kuttl.dev',
  'skaffold',
  'minikube.sigs.k8s.io',
  'krew.googlecontainertools.github.com',
])

/** Whether an object of this apiVersion and kind is for a command line tool and not for a cluster. */
export const isForeign = (apiVersion: string, kind: string): boolean =>
  foreignGroups.has(apiVersion.split('/')[0] ?? '') || (apiVersion === 'v1' && kind === 'Config')

const foreignPath =
  /(^|\/)(\.github|\.circleci|node_modules)\/|(^|\/)(Chart|values[\w.-]*|(docker-)?compose[\w.-]*|package(-lock)?|tsconfig[\w.-]*)\.(ya?ml|json)$/

/** Whether a path alone says that a file is another tool's. */
export const isForeignPath = (path: string): boolean => foreignPath.test(path)

const asidePath = /(^|\/)(tests?|e2e|testdata|__tests__|fixtures?|examples?|samples?|docs?)\//i

/** Whether a path says that its manifests show or test something, and are not what is deployed. */
export const isAsidePath = (path: string): boolean => asidePath.test(path)

/** A kustomization, in the three names that kustomize looks for. */
export const isKustomizationPath = (path: string): boolean =>
  /(^|\/)([Kk]ustomization\.ya?ml|Kustomization)$/.test(path)

export const isHelmfilePath = (path: string): boolean => /(^|\/)helmfile(\.d\/[^/]+)?\.ya?ml$/.test(path)

/** What is to be rendered, with every file that it may read: nothing else of the machine is shown to the tool. */
export interface RenderRequest {
  tool: 'kustomize' | 'helm'
  /** The folder of the kustomization or of the chart, in `files`. */
  folder: string
  /** By their paths, relative and with `/`. */
  files: ReadonlyMap<string, Uint8Array>
  /** Helm: values files of `files`, in order; the later one wins. */
  values: readonly string[]
  /** Helm: the name of the release. */
  release: string
  /** Helm: the namespace that it goes to. */
  namespace: string
}

/**
 * The manifests as the tool wrote them; or why there are none, in one line. The paths of kustomize's origins
 * (`config.kubernetes.io/origin`) begin with `prefix`, and go on with a path of `files`.
 */
export type Rendered =
  | { ok: true; text: string; prefix: string }
  | { ok: false; problem: 'missing-tool' | 'too-slow' | 'too-large' | 'failed'; reason: string }

/** Turns kustomizations and charts into the manifests that a cluster gets, without the network. */
export interface ManifestRenderer {
  render(request: RenderRequest): Promise<Rendered>
}

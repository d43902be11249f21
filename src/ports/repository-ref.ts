/** A repository as the App knows it: by its id, which stays, and by its names, which may change. */
export interface RepositoryRef {
  id: number
  owner: string
  name: string
  /** The installation of the App whose token reaches it. */
  installation: number
}

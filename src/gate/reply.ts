import { digestOf } from '../core/fingerprint.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { publishOnce } from './publish-once.ts'
import type { GateWorld } from './world.ts'

/** Says one thing once in a pull request, however often the job is tried. `key` is what it answers. */
export const reply = async (
  world: GateWorld,
  ref: RepositoryRef,
  pullRequest: number,
  key: string,
  text: string,
): Promise<void> => {
  const comments = world.app.of(ref).comments(pullRequest)
  const marker = `<!-- prodgate-reply:${encodeURIComponent(key)} -->`
  const body = `${marker}\n${text}`
  await publishOnce(world, {
    kind: 'reply',
    key: `${ref.id}/${pullRequest}/${key}`,
    lookFirst: false,
    digest: digestOf(body),
    create: () => comments.create(body),
    edit: (id) => comments.edit(id, body),
    find: async () => {
      const listed = await comments.list()
      if (!listed.ok) return listed
      const found = listed.value.find(({ author, body: said }) => author?.bot === true && said.startsWith(marker))
      return { ok: true, value: found?.id }
    },
  })
}

import { defined } from '../shape.ts'
import type { Context } from './context.ts'
import { endOfLifeOf } from './end-of-life.ts'
import { isMovingTag, parseImageReference } from './image-reference.ts'
import type { Instruction } from './instructions.ts'
import type { Resolved } from './variables.ts'

/** The fact of an image that comes from outside. */
export const readBase = (
  context: Context,
  base: Resolved,
  instruction: 'FROM' | 'COPY' | 'RUN',
  at: Instruction,
): void => {
  const image = parseImageReference(base.text)
  const platform = at.flags.get('platform')?.[0]
  context.fact('docker.base', {
    subject: instruction === 'FROM' ? '' : instruction,
    line: at.line,
    column: at.column,
    value: defined({
      ...context.shared,
      instruction,
      image: base.text,
      computed: base.computed,
      name: image.name,
      tag: image.tag,
      digest: image.digest,
      movingTag: image.tag !== undefined && isMovingTag(image.tag) && !isVersionless(image.repository),
      platform: platform?.includes('$') === true ? undefined : platform,
      endOfLife: endOfLifeOf(image.repository, image.tag),
    }),
  })
}

/** Distroless tags name variants; the version is in the image's name, and nothing but a digest pins it further. */
const isVersionless = (repository: string): boolean => repository.startsWith('gcr.io/distroless/')

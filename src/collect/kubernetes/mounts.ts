import { asBoolean, asList, asMapping, asString, type Mapping } from '../shape.ts'
import { mappingsOf } from './objects.ts'

/** Where an image keeps its programs and libraries, and /etc. A volume at /run or /tmp is what a read-only container needs. */
const systemFolders = new Set(
  '/ /bin /boot /etc /lib /lib64 /sbin /usr /usr/bin /usr/lib /usr/local/bin /usr/local/sbin /usr/sbin'.split(' '),
)

/** Volumes that no container can write to, whatever its mount says. */
const readOnlyTypes = ['configMap', 'secret', 'downwardAPI', 'projected', 'image']

const tidy = (path: string): string => (path.length > 1 ? path.replace(/\/{1,9}$/, '') : path)

/** System folders of the image that a container hides behind a volume that it can write to. */
export const hiddenFolders = (container: Mapping, pod: Mapping): string[] => {
  // A folder of the node at its own place is a node agent's, and the business of the rules about host paths.
  const other = new Set(
    mappingsOf(pod['volumes'])
      .filter((volume) => 'hostPath' in volume || readOnlyTypes.some((type) => type in volume))
      .map(({ name }) => name),
  )
  const paths = (asList(container['volumeMounts']) ?? []).flatMap((item) => {
    const mount = asMapping(item)
    const path = tidy(asString(mount?.['mountPath']) ?? '')
    const counts = systemFolders.has(path) && asBoolean(mount?.['readOnly']) !== true && !other.has(mount?.['name'])
    return counts ? [path] : []
  })
  return [...new Set(paths)].sort()
}

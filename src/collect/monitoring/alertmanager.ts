import type { Sink } from '../collector.ts'
import { asList, asMapping, asText, type Mapping } from '../shape.ts'
import type { Source } from './reading.ts'

/** A route in a route is nested no deeper by a person. */
const maxDepth = 30

const receiversOf = (route: Mapping | undefined, depth: number): string[] => {
  if (route === undefined || depth > maxDepth) return []
  const own = asText(route['receiver'])
  const inner = (asList(route['routes']) ?? []).flatMap((child) => receiversOf(asMapping(child), depth + 1))
  return own === undefined ? inner : [own, ...inner]
}

const notifies = (receiver: Mapping): boolean =>
  Object.entries(receiver).some(([key, value]) => key.endsWith('_configs') && (asList(value)?.length ?? 0) > 0)

/** Emits what an Alertmanager configuration does with an alert. */
export const emitNotification = (source: Source, sink: Sink): void => {
  const { root, document } = source
  const receivers = (asList(root['receivers']) ?? []).flatMap((item): Mapping[] => {
    const receiver = asMapping(item)
    return receiver === undefined ? [] : [receiver]
  })
  const names = new Set(receivers.map((receiver) => asText(receiver['name']) ?? ''))
  const route = asMapping(root['route'])
  const used = [...new Set(receiversOf(route, 0))]
  sink.fact({
    kind: 'monitoring.alertmanager',
    subject: `alertmanager ${source.path}`,
    place: document.at(root, 'receivers'),
    places: { route: document.at(root, 'route') },
    value: {
      receivers: receivers.length,
      receiver: asText(route?.['receiver']) ?? '',
      notifying: receivers
        .filter(notifies)
        .map((receiver) => asText(receiver['name']) ?? '')
        .filter((name) => used.includes(name)),
      undefinedReceivers: used.filter((name) => !names.has(name) && !/\$\{|\{\{/.test(name)),
    },
  })
}

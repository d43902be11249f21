import type { Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'

const setting =
  /\bsslmode=disable\b|[?&](?:useSSL=false|ssl=false)\b|\bDB_SSL_?MODE["']?\s{0,4}[:=,]\s{0,4}["']?disable\b/g
const machine = /localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal|@\/|unix|\/var\/run/

/** Connections to databases whose encryption is switched off. */
export const collectDatabaseTls = ({ path, text }: TextFile, sink: Sink): void => {
  if (!/sslmode|SSL|ssl=false/.test(text)) return
  const lines = new Lines(text)
  for (const match of [...text.matchAll(setting)].slice(0, 20)) {
    const start = text.lastIndexOf('\n', match.index) + 1
    const line = text.slice(start, match.index + 300).split('\n')[0] ?? ''
    if (/^\s*(?:\/\/|#|\*|--)/.test(line)) continue
    sink.fact({
      kind: 'source.database-tls',
      subject: 'connection',
      place: { path, ...lines.at(match.index) },
      value: { setting: match[0].replace(/^[?&]/, ''), local: machine.test(line) },
    })
  }
}

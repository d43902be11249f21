import type { Place } from '../../core/facts/place.ts'
import type { TextFile } from '../collector.ts'
import { mappingsOf } from '../kubernetes/objects.ts'
import { asMapping, asStrings, asText } from '../shape.ts'

/** One job of a Prometheus configuration. */
export interface ScrapeJob {
  name: string
  path: string
  place: Place
  /** Hosts of its targets, without ports. */
  hosts: string[]
  credentials: boolean
}

const credentialKeys = ['authorization', 'basic_auth', 'oauth2', 'bearer_token', 'bearer_token_file', 'tls_config']

/** The jobs with fixed targets. */
export const readScrapeJobs = (file: TextFile): ScrapeJob[] =>
  file.yaml('1.2').documents.flatMap((document) =>
    mappingsOf(asMapping(document.value)?.['scrape_configs']).flatMap((job) => {
      const name = asText(job['job_name'])
      if (name === undefined) return []
      const targets = mappingsOf(job['static_configs']).flatMap((one) => asStrings(one['targets']))
      return [
        {
          name,
          path: asText(job['metrics_path']) ?? '/metrics',
          place: document.at(job, 'metrics_path' in job ? 'metrics_path' : 'job_name'),
          hosts: targets.map((target) => target.split(':')[0] ?? ''),
          credentials: credentialKeys.some((key) => key in job),
        },
      ]
    }),
  )

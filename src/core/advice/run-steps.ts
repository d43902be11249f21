import { stepOf, type Step } from './step.ts'
import type { Survey } from './toolchains.ts'

const k6 = 'grafana/k6:1.8.1'

/** k6 with the repository's own script, or with one that the note asks for. */
export const loadSteps = ({ loadTests }: Survey): Step[] => {
  const written = loadTests.length > 0
  const scripts = written ? loadTests : ['load/k6.js']
  return scripts.map((script, at) => {
    const writes = `reports/k6-summary${scripts.length > 1 ? `-${at + 1}` : ''}.json`
    return stepOf(
      {
        title: `Load with k6 (${script})`,
        run: [
          'mkdir -p reports',
          `docker run --rm --network host --user "$(id -u)" --volume "$PWD:/work" --workdir /work ${k6} run --summary-export ${writes} ${script}`,
        ],
        writes,
        note: written
          ? 'It has to run against an environment that is like production, with as many users.'
          : `There is no load test yet: write ${script} with the paths that users take and as many users as production has.`,
      },
      '.',
    )
  })
}

/** Requests to what was deployed, with the status of each. */
export const smokeSteps = (): Step[] => [
  stepOf(
    {
      title: 'Smoke-test with curl',
      run: [
        'mkdir -p reports',
        'for path in /healthz /api/status; do',
        `  curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code} %{url_effective} %{time_total}s\\n' "$BASE_URL$path" >> reports/smoke.txt || true`,
        'done',
        `curl --silent --show-error --max-time 10 --output /dev/null --write-out '{"name":"auth is asked for","url":"%{url_effective}","status":%{http_code},"expected":401}\\n' "$BASE_URL/api/account" >> reports/smoke.txt`,
      ],
      writes: 'reports/smoke.txt',
      note: 'Give the job BASE_URL, the address of what was just deployed, and put the paths of your health check, your API and of something that asks for a login.',
    },
    '.',
  ),
]

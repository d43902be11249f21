import { programWords } from './shell.ts'
import type { Step } from './step.ts'
import { inputOf, usesAction } from './uses.ts'

/** Two or three words that start a command which changes a running system. */
const starts = [
  'kubectl apply',
  'kubectl rollout restart',
  'kubectl set image',
  'kubectl patch',
  'kubectl replace',
  'oc apply',
  'oc rollout',
  'helm upgrade',
  'helmfile apply',
  'helmfile sync',
  'kustomize deploy',
  'aws ecs update-service',
  'aws ecs deploy',
  'aws lambda update-function-code',
  'aws cloudformation deploy',
  'aws deploy create-deployment',
  'aws elasticbeanstalk update-environment',
  'eb deploy',
  'sam deploy',
  'cdk deploy',
  'serverless deploy',
  'sls deploy',
  'pulumi up',
  'terraform apply',
  'terragrunt apply',
  'tofu apply',
  'gcloud run deploy',
  'gcloud app deploy',
  'gcloud functions deploy',
  'gcloud deploy releases',
  'az webapp deploy',
  'az webapp deployment',
  'az webapp up',
  'az containerapp update',
  'az containerapp up',
  'az functionapp deployment',
  'az deployment group',
  'flyctl deploy',
  'fly deploy',
  'heroku container:release',
  'docker stack deploy',
  'firebase deploy',
  'wrangler deploy',
  'wrangler publish',
  'railway up',
  'argocd app sync',
  'argocd app set',
  'kamal deploy',
  'nomad job run',
  'nomad run',
]

const actions = [
  'azure/webapps-deploy',
  'azure/k8s-deploy',
  'azure/container-apps-deploy-action',
  'azure/functions-action',
  'azure/arm-deploy',
  'azure/aci-deploy',
  'google-github-actions/deploy-cloudrun',
  'google-github-actions/deploy-appengine',
  'google-github-actions/deploy-cloud-functions',
  'aws-actions/amazon-ecs-deploy-task-definition',
  'aws-actions/aws-cloudformation-github-deploy',
  'einaregilsson/beanstalk-deploy',
  'akhileshns/heroku-deploy',
  'amondnet/vercel-action',
  'nwtgck/actions-netlify',
  'firebaseextended/action-hosting-deploy',
  'cloudflare/wrangler-action',
  'cloudflare/pages-action',
  'easingthemes/ssh-deploy',
  'digitalocean/app_action',
]

/** Tools that only deploy when the step or the job says so. */
const maybe = new Set(['ssh', 'rsync', 'scp', 'ansible-playbook'])
const says = /\bdeploy/i

const rehearsal = (words: readonly string[]): boolean =>
  words.some(
    (word) => /^--(dry-run(=(client|server|true))?|help|version)$/.test(word) || word === '--no-execute-changeset',
  )

const flagsWithValue = new Set([
  '-n',
  '--namespace',
  '--context',
  '--kube-context',
  '--kubeconfig',
  '--profile',
  '--region',
])

const withoutFlags = (words: readonly string[]): string[] =>
  words.filter((word, index) => !word.startsWith('-') && !flagsWithValue.has(words[index - 1] ?? ''))

/** The command by which a step deploys, in short; undefined where it does not. */
export const deployCommand = (step: Step, raw: readonly string[], deployJob: boolean): string | undefined => {
  const words = programWords(raw)
  const flagless = withoutFlags(words)
  if (rehearsal(words)) return undefined
  const text = flagless.slice(0, 4).join(' ')
  const known = starts.find((start) => text === start || text.startsWith(`${start} `))
  if (known !== undefined) return known
  const program = words[0] ?? ''
  if (program === 'vercel' && words.includes('--prod')) return 'vercel --prod'
  if (program === 'netlify' && words.includes('deploy') && words.includes('--prod')) return 'netlify deploy --prod'
  const script = program.startsWith('./') || program.endsWith('.sh') ? program : (flagless[1] ?? '')
  if (/(^|\/)deploy[\w-]*\.sh$/.test(script)) return script
  if (program === 'make' && (flagless[1] ?? '').startsWith('deploy')) return `make ${flagless[1] ?? ''}`
  if (!deployJob && !says.test(step.label)) return undefined
  if (program === 'docker-compose' || (program === 'docker' && flagless[1] === 'compose'))
    return flagless.includes('up') && (words.includes('-d') || words.includes('--detach'))
      ? 'docker compose up'
      : undefined
  return maybe.has(program) ? program : undefined
}

/** The action by which a step deploys; undefined for any other. GitHub Pages is not counted: it brings its own environment. */
export const deployAction = (step: Step, deployJob: boolean): string | undefined => {
  const { uses } = step
  if (uses === undefined) return undefined
  if (usesAction(uses, ...actions)) return uses.name
  if (usesAction(uses, 'superfly/flyctl-actions') && says.test(inputOf(step.inputs, 'args') ?? '')) return uses.name
  if (usesAction(uses, 'pulumi/actions') && inputOf(step.inputs, 'command') === 'up') return uses.name
  if (usesAction(uses, 'appleboy/ssh-action') && (deployJob || says.test(step.label))) return uses.name
  return undefined
}

/** Whether a step starts a throw-away cluster, into which the job then deploys to test. */
export const startsTestCluster = (step: Step): boolean =>
  usesAction(
    step.uses,
    'helm/kind-action',
    'engineerd/setup-kind',
    'medyagh/setup-minikube',
    'manusa/actions-setup-minikube',
    'absaoss/k3d-action',
    'container-tools/kind-action',
    'nolar/setup-k3d-k3s',
    'localstack/setup-localstack',
    'jupyterhub/action-k3s-helm',
    'debianmaster/actions-k3s',
  ) ||
  step.commands.some(({ words }) =>
    /^(kind create|minikube start|k3d cluster|microk8s|tflocal apply|ctlptl create)/.test(
      programWords(words).slice(0, 2).join(' '),
    ),
  )

const verbsOf = (step: Step): string[] => step.commands.map(({ words }) => programWords(words).join(' '))

/** Whether a step undoes a deployment. */
export const rollsBack = (step: Step): boolean =>
  verbsOf(step).some((text) =>
    /^(kubectl|oc) .*rollout undo|^kubectl rollout undo|^helm .*rollback|--atomic|--rollback-on-failure|argocd app rollback/.test(
      text,
    ),
  ) ||
  (/roll ?-?back/i.test(step.label) && step.run !== undefined)

/** Whether a step finds out that what was deployed works: a rollout wait, a health check or a smoke test. */
export const verifies = (step: Step): boolean =>
  /smoke|health|\be2e\b|verify|sanity/i.test(step.label) ||
  verbsOf(step).some((text) =>
    /rollout status|^kubectl wait|--wait\b|--atomic|^helm test|^(curl|wget|http) |smoke|healthcheck|^aws ecs wait|services-stable|--wait-for/.test(
      text,
    ),
  ) ||
  inputOf(step.inputs, 'wait-for-service-stability') === 'true'

/** Whether a step tells people: chat, mail, a status page. */
export const notifies = (step: Step): boolean =>
  /slack|teams-|msteams|discord|telegram|send-?mail|mattermost|webex|pagerduty/i.test(step.uses?.name ?? '') ||
  step.commands.some(({ words }) =>
    words.some((word) => /hooks\.slack\.com|SLACK_WEBHOOK|DISCORD_WEBHOOK|TEAMS_WEBHOOK/.test(word)),
  )

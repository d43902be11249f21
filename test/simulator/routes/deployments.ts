import { missing, ok, page, type Asked, type Route } from '../http/answer.ts'
import { deployment, deploymentStatus, environment } from '../shapes/runs.ts'
import type { Deployment, Environment } from '../state/entities.ts'

const environmentOf = ({ repository, path }: Asked): Environment | undefined =>
  repository.environments.get(path['environment_name'] ?? '')

const deploymentOf = ({ repository, path }: Asked): Deployment | undefined =>
  repository.deployments.get(Number(path['deployment_id']))

const rules = (asked: Asked) => {
  const found = environmentOf(asked)
  if (found === undefined) return missing
  const { api } = asked.github.urls
  const custom = found.apps.map((app, index) => ({
    id: found.id * 10 + index,
    node_id: `GA_${found.id}_${index}`,
    enabled: true,
    app: { id: app.id, slug: app.slug, integration_url: `${api}/apps/${app.slug}`, node_id: `A_${app.id}` },
  }))
  return ok({ total_count: custom.length, custom_deployment_protection_rules: custom })
}

/** Environments and deployments. */
export const deploymentRoutes: readonly Route[] = [
  {
    route: 'GET /repos/{owner}/{repo}/environments',
    needs: ['actions:read'],
    handle: (asked) =>
      page(asked, [...asked.repository.environments.values()], (shown, total) => ({
        total_count: total,
        environments: shown.map((one) => environment(asked.repository, one)),
      })),
  },
  {
    route: 'GET /repos/{owner}/{repo}/environments/{environment_name}',
    needs: ['actions:read'],
    handle: (asked) => {
      const found = environmentOf(asked)
      return found === undefined ? missing : ok(environment(asked.repository, found))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules',
    needs: ['actions:read'],
    handle: rules,
  },
  {
    route: 'GET /repos/{owner}/{repo}/deployments',
    needs: ['deployments:read'],
    handle: (asked) => {
      const { repository, query } = asked
      const all = [...repository.deployments.values()]
        .filter(
          (one) =>
            (query.get('sha') ?? one.sha) === one.sha &&
            (query.get('environment') ?? one.environment) === one.environment,
        )
        .reverse()
      return page(asked, all, (shown) => shown.map((one) => deployment(repository, one)))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}',
    needs: ['deployments:read'],
    handle: (asked) => {
      const found = deploymentOf(asked)
      return found === undefined ? missing : ok(deployment(asked.repository, found))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    needs: ['deployments:read'],
    handle: (asked) => {
      const found = deploymentOf(asked)
      if (found === undefined) return missing
      const all = [...found.statuses].reverse()
      return page(asked, all, (shown) => shown.map((status) => deploymentStatus(asked.repository, found, status)))
    },
  },
]

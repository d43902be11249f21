import { editDistance } from '../../core/edit-distance.ts'
/**
 * The annotations that ingress-nginx reads, without `nginx.ingress.kubernetes.io/`: its documentation as of controller 1.13, with
 * the old names that older controllers read.
 */
const names =
  `affinity affinity-canary-behavior affinity-mode allowlist-source-range app-root auth-always-set-cookie auth-cache-duration
auth-cache-key auth-keepalive auth-keepalive-requests auth-keepalive-share-vars auth-keepalive-timeout auth-method
auth-proxy-set-headers auth-realm auth-request-redirect auth-response-headers auth-secret auth-secret-type auth-signin
auth-signin-redirect-param auth-snippet auth-tls-error-page auth-tls-match-cn auth-tls-pass-certificate-to-upstream auth-tls-secret
auth-tls-verify-client auth-tls-verify-depth auth-type auth-url backend-protocol canary canary-by-cookie canary-by-header
canary-by-header-pattern canary-by-header-value canary-weight canary-weight-total client-body-buffer-size configuration-snippet
connection-proxy-header cors-allow-credentials cors-allow-headers cors-allow-methods cors-allow-origin cors-expose-headers
cors-max-age custom-headers custom-http-errors default-backend denylist-source-range disable-proxy-intercept-errors
enable-access-log enable-cors enable-global-auth enable-influxdb enable-modsecurity enable-opentelemetry enable-opentracing
enable-owasp-core-rules enable-rewrite-log fastcgi-index fastcgi-params-configmap force-ssl-redirect from-to-www-redirect
global-rate-limit global-rate-limit-header-name global-rate-limit-ignored-cidrs global-rate-limit-key global-rate-limit-window
http2-push-preload limit-allowlist limit-burst-multiplier limit-connections limit-rate limit-rate-after limit-rpm limit-rps
limit-whitelist load-balance mirror-host mirror-request-body mirror-target modsecurity-snippet modsecurity-transaction-id
opentelemetry-operation-name opentelemetry-trust-incoming-span opentracing-trust-incoming-span permanent-redirect
permanent-redirect-code preserve-trailing-slash proxy-body-size proxy-buffer-size proxy-buffering proxy-buffers-number
proxy-busy-buffers-size proxy-connect-timeout proxy-cookie-domain proxy-cookie-path proxy-http-version proxy-max-temp-file-size
proxy-next-upstream proxy-next-upstream-timeout proxy-next-upstream-tries proxy-read-timeout proxy-redirect-from proxy-redirect-to
proxy-request-buffering proxy-send-timeout proxy-ssl-ciphers proxy-ssl-name proxy-ssl-protocols proxy-ssl-secret
proxy-ssl-server-name proxy-ssl-verify proxy-ssl-verify-depth relative-redirects rewrite-target satisfy server-alias server-snippet
service-upstream session-cookie-change-on-failure session-cookie-conditional-samesite-none session-cookie-domain
session-cookie-expires session-cookie-max-age session-cookie-name session-cookie-partitioned session-cookie-path
session-cookie-samesite session-cookie-secure ssl-ciphers ssl-passthrough ssl-prefer-server-ciphers ssl-redirect stream-snippet
temporal-redirect temporal-redirect-code upstream-hash-by upstream-hash-by-subset upstream-hash-by-subset-size upstream-vhost
use-port-in-redirects use-regex whitelist-source-range x-forwarded-prefix`.split(/\s+/)

const known: ReadonlySet<string> = new Set(names)

/** What people write who mean something else than the most similar name. */
const meant: Record<string, string> = {
  'rate-limit': 'limit-rps',
  'rate-limit-rps': 'limit-rps',
  'rate-limiting': 'limit-rps',
  'rate-limit-window': 'limit-rpm',
  'rate-limit-burst': 'limit-burst-multiplier',
  'limit-burst': 'limit-burst-multiplier',
  'secure-backends': 'backend-protocol',
  'cors-allow-origins': 'cors-allow-origin',
  'max-body-size': 'proxy-body-size',
  'client-max-body-size': 'proxy-body-size',
  hsts: 'custom-headers',
}

/** The longest name that is compared; a longer one is nobody's typing error. */
const maxLength = 80

export const annotationPrefix = 'nginx.ingress.kubernetes.io/'

/** Whether ingress-nginx reads an annotation of this name, and if not, what may have been meant. */
export const judgeAnnotation = (name: string): { known: boolean; nearest?: string } => {
  if (known.has(name)) return { known: true }
  const alias = Object.hasOwn(meant, name) ? meant[name] : undefined
  if (alias !== undefined) return { known: false, nearest: alias }
  if (name.length > maxLength) return { known: false }
  let best: string | undefined
  let least = Math.max(3, Math.floor(name.length / 3)) + 1
  for (const candidate of names) {
    const steps = editDistance(name, candidate)
    if (steps < least) [best, least] = [candidate, steps]
  }
  return best === undefined ? { known: false } : { known: false, nearest: best }
}

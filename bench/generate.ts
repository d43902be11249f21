import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const dockerfile = (name: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /out/${name} ./cmd/${name}

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/${name} /usr/local/bin/${name}
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/${name}"]
`

const labels = (name: string, indent: number): string => `${' '.repeat(indent)}app.kubernetes.io/name: ${name}`

const manifests = (name: string, index: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
  labels:
${labels(name, 4)}
spec:
  replicas: ${2 + (index % 3)}
  selector:
    matchLabels:
${labels(name, 6)}
  template:
    metadata:
      labels:
${labels(name, 8)}
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
      containers:
        - name: app
          image: registry.example.com/shop/${name}:1.${index}.0
          ports:
            - containerPort: 8080
          envFrom:
            - configMapRef:
                name: ${name}
          readinessProbe:
            httpGet: { path: /readyz, port: 8080 }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            ${index % 4 === 0 ? '' : 'limits: { memory: 256Mi }'}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
${labels(name, 4)}
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  namespace: shop
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  minReplicas: 2
  maxReplicas: 10
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  namespace: shop
spec:
  minAvailable: 1
  selector:
    matchLabels:
${labels(name, 6)}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop
spec:
  podSelector:
    matchLabels:
${labels(name, 6)}
  ingress:
    - ports: [{ port: 8080 }]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: shop
data:
  LOG_LEVEL: info
  PEER: http://service-${index + 1}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: shop
automountServiceAccountToken: false
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
spec:
  tls: [{ hosts: [${name}.example.com], secretName: ${name}-tls }]
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: ${name}, port: { number: 80 } } }
`

const compose = (name: string, index: number): string => `services:
  ${name}:
    build: .
    image: registry.example.com/shop/${name}:1.${index}.0
    restart: unless-stopped
    environment:
      LOG_LEVEL: info
      DATABASE_URL: \${DATABASE_URL}
    ports: ["127.0.0.1:${10_000 + index}:8080"]
    depends_on: [db]
  db:
    image: postgres:17.2
    environment:
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?set it}
    volumes: [data:/var/lib/postgresql/data]
volumes:
  data:
`

/** Writes a repository of so many services. Returns how many files and YAML documents it holds. */
export const generateRepository = (root: string, services: number): { files: number; documents: number } => {
  let files = 0
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    files++
  }
  write(
    '.github/workflows/ci.yml',
    'on: [push]\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make test\n',
  )
  for (let index = 0; index < services; index++) {
    const name = `service-${index}`
    write(`services/${name}/Dockerfile`, dockerfile(name))
    write(`services/${name}/k8s/app.yaml`, manifests(name, index))
    write(`services/${name}/compose.yaml`, compose(name, index))
    write(`services/${name}/README.md`, `# ${name}\n\nSells things.\n`)
    write(`services/${name}/main.go`, `package main\n\nfunc main() { println("${name}") }\n`)
  }
  return { files, documents: 1 + services * 9 }
}

{{- /* What the pods of both parts have in common. */ -}}
{{- define "prodgate.pod" -}}
serviceAccountName: {{ include "prodgate.name" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
# The wait before the signal, the jobs, the requests that are still open, and some more.
terminationGracePeriodSeconds: {{ add .Values.stopSeconds 20 }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{- define "prodgate.spread" -}}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "prodgate.selector" $.root | nindent 8 }}
        app.kubernetes.io/component: {{ $.component }}
  {{- end }}
{{- end }}

{{- define "prodgate.container" -}}
image: {{ include "prodgate.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities:
    drop: [ALL]
ports:
  - name: http
    containerPort: 3000
startupProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 15
  timeoutSeconds: 5
  failureThreshold: 4
readinessProbe:
  httpGet: { path: /readyz, port: http }
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
volumeMounts:
  - name: temporary
    mountPath: /tmp
{{- end }}

{{- define "prodgate.environment" -}}
- name: PORT
  value: '3000'
- name: HOST
  value: 0.0.0.0
- name: LOG_LEVEL
  value: {{ .Values.logLevel }}
- name: PRODGATE_STOP_SECONDS
  value: {{ .Values.stopSeconds | quote }}
{{- with .Values.github.host }}
- name: GHE_HOST
  value: {{ . }}
{{- end }}
{{- range list "DATABASE_URL" "APP_ID" "PRIVATE_KEY" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $.Values.existingSecret }}, key: {{ . }} }
{{- end }}
{{- end }}

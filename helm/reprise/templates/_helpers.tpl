{{- define "reprise.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains "reprise" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-reprise" .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "reprise.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- /* What the pods of Pod Security "restricted" have to say, and a root that nobody writes to. */ -}}
{{- define "reprise.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "reprise.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "reprise.selectorLabels" -}}
app.kubernetes.io/name: reprise
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "reprise.labels" -}}
{{ include "reprise.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "reprise.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "reprise.fullname" .) }}
{{- else }}{{ required "serviceAccount.name is needed with serviceAccount.create=false" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* Our account, as the API server calls it. */ -}}
{{- define "reprise.username" -}}
system:serviceaccount:{{ .Release.Namespace }}:{{ include "reprise.serviceAccountName" . }}
{{- end }}

{{- /* The verb on a workload that lets somebody restart it. */ -}}
{{- define "reprise.verb" -}}
{{ .Values.authorization.verb }}
{{- end }}

{{- /* What the service asks of the API server in each namespace that it covers, and no more. */ -}}
{{- define "reprise.rules" -}}
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [get, list, watch, patch]
- apiGroups: [argoproj.io]
  resources: [rollouts]
  verbs: [get, list, watch, patch]
- apiGroups: [apps]
  resources: [replicasets, controllerrevisions]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
# Why pods of StatefulSets and DaemonSets are missing; where it is not granted, that is not told.
- apiGroups: [""]
  resources: [events]
  verbs: [list, watch]
# Who restarted a workload, and how it ended; where it is not granted, the log tells it.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
# RecreatePods; and a StatefulSet on its way back from a cancelled restart waits for pods that never get ready.
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list, watch]
# What is around a workload and told in its plan; where it is not granted, the plan says so.
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [list]
- apiGroups: [""]
  resources: [resourcequotas, persistentvolumeclaims]
  verbs: [list]
- apiGroups: [flagger.app]
  resources: [canaries]
  verbs: [list]
# To tell a namespace that is missing from a workload that is.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
- apiGroups: [reprise.dev]
  resources: [restarts]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [reprise.dev]
  resources: [restarts/status]
  verbs: [patch]
{{- end }}

{{- /* The same for restarts because of changed configuration. */ -}}
{{- define "reprise.reloadRules" -}}
# What changes, and what it holds.
- apiGroups: [""]
  resources: [configmaps, secrets]
  verbs: [get, list, watch]
{{- end }}

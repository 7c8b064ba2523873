namespace Orchestrator.Kubernetes;

/// <summary>
/// A kind of object as its URL names it: group (empty for the core group), version, plural name, and whether it lives in namespaces.
/// </summary>
public sealed record ResourceType(string Group, string Version, string Plural, bool Namespaced)
{
#pragma warning disable CS1591 // The names say it.
    public static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", true);
    public static readonly ResourceType Events = new("", "v1", "events", true);
    public static readonly ResourceType Namespaces = new("", "v1", "namespaces", false);
    public static readonly ResourceType Nodes = new("", "v1", "nodes", false);
    public static readonly ResourceType PersistentVolumeClaims = new("", "v1", "persistentvolumeclaims", true);
    public static readonly ResourceType PersistentVolumes = new("", "v1", "persistentvolumes", false);
    public static readonly ResourceType Pods = new("", "v1", "pods", true);
    public static readonly ResourceType ResourceQuotas = new("", "v1", "resourcequotas", true);
    public static readonly ResourceType Secrets = new("", "v1", "secrets", true);
    public static readonly ResourceType ServiceAccounts = new("", "v1", "serviceaccounts", true);
    public static readonly ResourceType Services = new("", "v1", "services", true);
    public static readonly ResourceType ControllerRevisions = new("apps", "v1", "controllerrevisions", true);
    public static readonly ResourceType DaemonSets = new("apps", "v1", "daemonsets", true);
    public static readonly ResourceType Deployments = new("apps", "v1", "deployments", true);
    public static readonly ResourceType ReplicaSets = new("apps", "v1", "replicasets", true);
    public static readonly ResourceType StatefulSets = new("apps", "v1", "statefulsets", true);
    public static readonly ResourceType Jobs = new("batch", "v1", "jobs", true);
    public static readonly ResourceType CertificateSigningRequests = new("certificates.k8s.io", "v1", "certificatesigningrequests", false);
    public static readonly ResourceType Leases = new("coordination.k8s.io", "v1", "leases", true);
    public static readonly ResourceType EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices", true);
    public static readonly ResourceType Ingresses = new("networking.k8s.io", "v1", "ingresses", true);
    public static readonly ResourceType NetworkPolicies = new("networking.k8s.io", "v1", "networkpolicies", true);
    public static readonly ResourceType PodDisruptionBudgets = new("policy", "v1", "poddisruptionbudgets", true);
    public static readonly ResourceType ClusterRoles = new("rbac.authorization.k8s.io", "v1", "clusterroles", false);
    public static readonly ResourceType ClusterRoleBindings = new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", false);
    public static readonly ResourceType Roles = new("rbac.authorization.k8s.io", "v1", "roles", true);
    public static readonly ResourceType RoleBindings = new("rbac.authorization.k8s.io", "v1", "rolebindings", true);
    public static readonly ResourceType StorageClasses = new("storage.k8s.io", "v1", "storageclasses", false);
    public static readonly ResourceType VolumeAttachments = new("storage.k8s.io", "v1", "volumeattachments", false);
    public static readonly ResourceType CustomResourceDefinitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", false);
    public static readonly ResourceType ApiServices = new("apiregistration.k8s.io", "v1", "apiservices", false);
    public static readonly ResourceType SelfSubjectAccessReviews = new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", false);
    public static readonly ResourceType SelfSubjectReviews = new("authentication.k8s.io", "v1", "selfsubjectreviews", false);
#pragma warning restore CS1591

    /// <summary>Value of <c>apiVersion</c> in objects: <c>v1</c>, <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As kubectl names it: <c>pods</c>, <c>statefulsets.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>How to write.</summary>
public sealed record WriteOptions
{
    /// <summary>Who owns the fields that are written; empty for nobody. Default: <c>kube-controller-manager</c>.</summary>
    public string FieldManager { get; init; } = "kube-controller-manager";

    /// <summary>
    /// What happens to fields that nobody knows: <c>Strict</c> refuses them, <c>Warn</c> drops and names them, <c>Ignore</c> drops them.
    /// Default: <c>Strict</c>.
    /// </summary>
    public string FieldValidation { get; init; } = "Strict";

    /// <summary>Whether what is written was made by a patch, which words errors. Default: false.</summary>
    internal bool IsPatch { get; init; }

    /// <summary>The strategic patch that it was made by, which errors quote. Default: null, no such patch.</summary>
    internal System.Text.Json.Nodes.JsonObject? StrategicPatch { get; init; }

    /// <summary>Whether an apply takes fields from their owners. Default: false.</summary>
    public bool Force { get; init; }

    /// <summary>Whether it is only looked what would come of it. Default: false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Is told what the server warns of. Default: nobody is.</summary>
    public Action<string>? Warn { get; init; }
}

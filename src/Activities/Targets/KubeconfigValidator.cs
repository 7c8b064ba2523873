using Microsoft.Extensions.Options;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Targets;

/// <summary>
/// Checks that the kubeconfigs hold the clusters of the section <c>Orchestrator</c>: a worker that could reach none of its clusters says so
/// when it starts, and not when it is needed.
/// </summary>
internal sealed class KubeconfigValidator : IValidateOptions<InventoryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InventoryOptions options)
    {
        List<string> mistakes = [.. options.Clusters.Count > 0 ? Configured(options) : Any()];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Configured(InventoryOptions options)
    {
        Inventory inventory = new(Options.Create(options));
        foreach (string cluster in options.Clusters.Keys.Order(StringComparer.Ordinal))
        {
            if (Mistake(() => inventory.Find(cluster)) is { } mistake)
            {
                yield return $"{InventoryOptions.Section}:Clusters:{cluster} cannot be used: {mistake}";
            }
        }
    }

    private static IEnumerable<string> Any()
    {
        string? mistake = Mistake(() =>
        {
            if (Kubeconfig.Contexts(null).Count == 0)
            {
                Kubeconfig.Load(null, null);
            }
        });
        return mistake is null ? [] : [$"{mistake} Set KUBECONFIG, or configure clusters under {InventoryOptions.Section}:Clusters."];
    }

    private static string? Mistake(Action load)
    {
        try
        {
            load();
            return null;
        }
        catch (KubeconfigException e)
        {
            return e.Message;
        }
    }
}

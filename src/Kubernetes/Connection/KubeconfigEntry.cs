using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>One cluster, user or context of a kubeconfig file.</summary>
internal sealed class KubeconfigEntry(string description, string file, JsonObject fields)
{
    /// <summary>For messages: "user 'admin' in /home/me/.kube/config".</summary>
    public string Description => description;

    public bool Has(string field) => fields[field] is not null;

    public string? Text(string field) => Read<string>(field) is { Length: > 0 } text ? text : null;

    public bool Flag(string field) => Read<bool?>(field) ?? false;

    public IReadOnlyList<string> Texts(string field) => fields[field] is JsonArray items ? [.. items.Select(item => item!.GetValue<string>())] : [];

    public JsonObject? Object(string field) => fields[field] as JsonObject;

    /// <summary>A path of the entry, made absolute.</summary>
    public string? FilePath(string field) =>
        Text(field) is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!) : null;

    /// <summary>PEM text out of <c>FIELD-data</c> (base64) or the file that <c>FIELD</c> names; data wins, as in kubectl.</summary>
    public string? Pem(string field)
    {
        if (Text($"{field}-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException e)
            {
                throw new KubeconfigException($"{field}-data of {description} is not base64.", e);
            }
        }

        if (FilePath(field) is not { } path)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{field} of {description} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The credential program of a user.</summary>
    public ExecCredentialOptions Program(JsonObject exec)
    {
        KubeconfigEntry entry = new($"exec of {description}", file, exec);
        string command = entry.Text("command") ?? throw new KubeconfigException($"{entry.Description} names no command.");
        if (entry.Text("interactiveMode") == "Always")
        {
            throw new KubeconfigException($"{entry.Description} wants a terminal (interactiveMode: Always), and there is none.");
        }

        return new ExecCredentialOptions
        {
            Command = command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? entry.FilePath("command")! : command,
            Arguments = entry.Texts("args"),
            Environment = (exec["env"] as JsonArray ?? []).ToDictionary(
                variable => variable!["name"]!.GetValue<string>(), variable => variable!["value"]!.GetValue<string>()),
            ApiVersion = entry.Text("apiVersion") ?? throw new KubeconfigException($"{entry.Description} names no apiVersion."),
            InstallHint = entry.Text("installHint"),
            ProvideClusterInfo = entry.Flag("provideClusterInfo"),
        };
    }

    private T? Read<T>(string field)
    {
        try
        {
            return fields[field] is { } value ? value.GetValue<T>() : default;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new KubeconfigException($"{field} of {description} has the wrong type: {fields[field]!.ToJsonString()}.", e);
        }
    }
}

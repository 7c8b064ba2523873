using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>One cluster, user or context of a kubeconfig file.</summary>
internal sealed class KubeconfigEntry(string description, string file, JsonObject fields)
{
    /// <summary>For messages: "user 'admin' in /home/me/.kube/config".</summary>
    public string Description => description;

    public bool Has(string field) => fields[field] is not null;

    public string? Text(string field) => Read<string>(field) is { Length: > 0 } text ? text : null;

    public bool Flag(string field) => Read<bool>(field);

    /// <summary>A list of texts; as for kubectl, an entry that is null is an empty text.</summary>
    public IReadOnlyList<string> Texts(string field) => [.. Items(field).Select(item => item is null ? "" : Value<string>(field, item))];

    public JsonObject? Object(string field) => fields[field] is null ? null : Node<JsonObject>(field, fields[field]);

    /// <summary>The entries of a list; none where it is missing or null.</summary>
    public IReadOnlyList<JsonNode?> Items(string field) => fields[field] is null ? [] : [.. Node<JsonArray>(field, fields[field])];

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
        string? version = entry.Text("apiVersion");
        if (version is not (ExecCredentialOptions.V1 or ExecCredentialOptions.V1Beta1))
        {
            string mistake = version is null ? "names no apiVersion" : $"has the apiVersion {version}, which is not supported";
            throw new KubeconfigException(
                $"{entry.Description} {mistake}: {ExecCredentialOptions.V1} and {ExecCredentialOptions.V1Beta1} are.");
        }

        switch (entry.Text("interactiveMode"))
        {
            case "Always":
                throw new KubeconfigException($"{entry.Description} needs a terminal (interactiveMode: Always), but there is none.");
            case null when version == ExecCredentialOptions.V1:
                throw new KubeconfigException($"{entry.Description} has no interactiveMode, which {version} needs.");
        }

        return new ExecCredentialOptions
        {
            Command = command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? entry.FilePath("command")! : command,
            Arguments = entry.Texts("args"),
            Environment = entry.Variables(),
            ApiVersion = version,
            InstallHint = entry.Text("installHint"),
            ProvideClusterInfo = entry.Flag("provideClusterInfo"),
        };
    }

    // As for kubectl: one without a value is empty, and of two the last wins.
    private Dictionary<string, string> Variables()
    {
        Dictionary<string, string> variables = [];
        foreach (JsonNode? item in Items("env"))
        {
            KubeconfigEntry variable = new($"env of {description}", file, Node<JsonObject>("env", item));
            string name = variable.Text("name") ?? throw new KubeconfigException($"{variable.Description} has an entry without a name.");
            variables[name] = variable.Text("value") ?? "";
        }

        return variables;
    }

    private T? Read<T>(string field) => fields[field] is { } value ? Value<T>(field, value) : default;

    private T Value<T>(string field, JsonNode node) =>
        node is JsonValue value && value.TryGetValue(out T? result) ? result : throw Mistyped<T>(field, node);

    private T Node<T>(string field, JsonNode? node)
        where T : JsonNode =>
        node as T ?? throw Mistyped<T>(field, node);

    // Never the value itself: it may be a token that somebody forgot to quote.
    private KubeconfigException Mistyped<T>(string field, JsonNode? node)
    {
        JsonValueKind expected = typeof(T) == typeof(string) ? JsonValueKind.String
            : typeof(T) == typeof(JsonArray) ? JsonValueKind.Array
            : typeof(T) == typeof(JsonObject) ? JsonValueKind.Object
            : JsonValueKind.True;
        string hint = expected == JsonValueKind.String && node is JsonValue ? ": put it in quotes" : "";
        return new KubeconfigException(
            $"{field} of {description} is {Name(node?.GetValueKind())}, but must be {Name(expected)}{hint}.");
    }

    private static string Name(JsonValueKind? kind) => kind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.String => "text",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "a mapping",
        _ => "nothing",
    };
}

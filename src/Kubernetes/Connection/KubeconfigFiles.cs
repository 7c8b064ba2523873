using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Orchestrator.Kubernetes;

/// <summary>
/// The user's kubeconfig files, merged as kubectl merges them: the first file that names a cluster, user or context, or sets the
/// current context, wins with all of it. Paths in an entry are relative to the file of the entry.
/// </summary>
internal sealed class KubeconfigFiles
{
    private readonly Dictionary<string, KubeconfigEntry> _clusters = [];
    private readonly Dictionary<string, KubeconfigEntry> _users = [];
    private readonly Dictionary<string, KubeconfigEntry> _contexts = [];
    private readonly IReadOnlyList<string> _paths;

    private KubeconfigFiles(IReadOnlyList<string> paths) => _paths = paths;

    /// <summary>The files, for messages.</summary>
    public string Names => string.Join(", ", _paths);

    /// <summary>The current context; null where no file sets one.</summary>
    public string? CurrentContext { get; private set; }

    /// <summary>Reads and merges; a missing file adds nothing when <paramref name="mayBeMissing"/>.</summary>
    public static KubeconfigFiles Read(IReadOnlyList<string> paths, bool mayBeMissing)
    {
        KubeconfigFiles files = new(paths);
        foreach (string path in paths)
        {
            files.Add(path, mayBeMissing);
        }

        return files;
    }

    public bool IsEmpty => _contexts.Count == 0 && _clusters.Count == 0;

    public KubeconfigEntry Context(string name) => Find(_contexts, "context", name, null);

    public KubeconfigEntry Cluster(string name, string context) => Find(_clusters, "cluster", name, context);

    public KubeconfigEntry User(string name, string context) => Find(_users, "user", name, context);

    /// <summary>The names of all contexts.</summary>
    public IReadOnlyCollection<string> Contexts => _contexts.Keys;

    /// <summary>"the contexts are a, b" or "there are no contexts".</summary>
    public string ContextNames() => Sentence(_contexts.Keys, "context");

    private static string Sentence(IEnumerable<string> names, string kind)
    {
        string joined = string.Join(", ", names.Order(StringComparer.Ordinal));
        return joined.Length == 0 ? $"there are no {kind}s" : $"the {kind}s are {joined}";
    }

    private KubeconfigEntry Find(Dictionary<string, KubeconfigEntry> entries, string kind, string name, string? context) =>
        entries.TryGetValue(name, out KubeconfigEntry? entry)
            ? entry
            : throw new KubeconfigException(
                $"{kind} '{name}'{(context is null ? "" : $" of context '{context}'")} is not in {Names}: {Sentence(entries.Keys, kind)}.");

    private void Add(string path, bool mayBeMissing)
    {
        if (ReadFile(path, mayBeMissing) is not { } root)
        {
            return;
        }

        KubeconfigEntry file = new($"kubeconfig {path}", path, root);
        AddAll(_clusters, file, "clusters", "cluster", path);
        AddAll(_users, file, "users", "user", path);
        AddAll(_contexts, file, "contexts", "context", path);
        CurrentContext ??= file.Text("current-context");
    }

    private static JsonObject? ReadFile(string path, bool mayBeMissing)
    {
        try
        {
            return Manifests.Parse(File.ReadAllText(path)) is [JsonObject root, ..] ? root : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return mayBeMissing ? null : throw new KubeconfigException($"kubeconfig {path} does not exist.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"kubeconfig {path} cannot be read: {e.Message}", e);
        }
        catch (FormatException e)
        {
            // Where, and not what: the parser repeats what it stumbles over, and that may be a token.
            string where = e.InnerException is YamlException yaml ? $": line {yaml.Start.Line}, column {yaml.Start.Column}" : "";
            throw new KubeconfigException($"kubeconfig {path} is not YAML with a mapping at the top level{where}.");
        }
    }

    private static void AddAll(Dictionary<string, KubeconfigEntry> entries, KubeconfigEntry file, string list, string kind, string path)
    {
        HashSet<string> ofThisFile = [];
        foreach (JsonNode? item in file.Items(list))
        {
            KubeconfigEntry named = new($"an entry of {list} in {path}", path, item as JsonObject ?? []);
            string name = named.Text("name") ?? throw new KubeconfigException($"kubeconfig {path} has an entry of {list} without a name.");
            if (!ofThisFile.Add(name))
            {
                throw new KubeconfigException($"kubeconfig {path} has two {list} named '{name}'.");
            }

            entries.TryAdd(name, new KubeconfigEntry($"{kind} '{name}' in {path}", path, named.Object(kind) ?? []));
        }
    }
}

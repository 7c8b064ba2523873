using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Contract;

/// <summary>
/// Requests to an API server, one after the other, as a file in <c>Conversations</c> holds them: a line with the method, the path and
/// how the body is to be taken, then the body as YAML, then an empty line. In paths and bodies <c>{ns}</c> is a namespace of the
/// conversation's own, and <c>{rv}</c>, <c>{uid}</c> and <c>{continue}</c> are those of the last answer that had any.
/// <c>WATCH path n</c> reads n events;
/// <c>AWAIT path</c> asks until it is served; <c>as=NAME</c> asks in the name of another user.
/// </summary>
public sealed partial class Conversation(HttpClient http)
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        ["merge"] = "application/merge-patch+json",
        ["json-patch"] = "application/json-patch+json",
        ["strategic"] = "application/strategic-merge-patch+json",
        ["apply"] = "application/apply-patch+yaml",
        ["text"] = "text/plain",
    };

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal) { ["ns"] = $"c-{Guid.NewGuid():N}"[..12] };

    /// <summary>The names of the conversations.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder(), "*.http").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    /// <summary>What a conversation has to come to: recorded from a real server.</summary>
    public static string Expected(string name) => File.ReadAllText(Path.Combine(Folder(), $"{name}.txt"));

    /// <summary>Records what a conversation came to.</summary>
    public static void Record(string name, string transcript) => File.WriteAllText(Path.Combine(Folder(), $"{name}.txt"), transcript);

    /// <summary>Holds a conversation.</summary>
    /// <returns>Every request with its answer, without what differs from run to run.</returns>
    public async Task<string> HoldAsync(string name)
    {
        await CreateNamespaceAsync();
        StringBuilder transcript = new();
        string text = await File.ReadAllTextAsync(Path.Combine(Folder(), $"{name}.http"));
        foreach (string request in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = [.. request.Split('\n').Where(line => !line.StartsWith('#') && line.Length > 0)];
            if (lines.Length > 0)
            {
                transcript.Append("### ").AppendLine(lines[0]);
                transcript.AppendLine(await AskAsync(Filled(lines[0]).Split(' '), Filled(string.Join('\n', lines[1..]))));
            }
        }

        return transcript.ToString();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Conversations");

    private async Task<string> AskAsync(string[] words, string body)
    {
        if (words[0] == "WATCH")
        {
            return await WatchAsync(words[1], int.Parse(words[2]));
        }

        if (words[0] == "AWAIT")
        {
            await AwaitAsync(words[1]);
            return "";
        }

        using HttpRequestMessage request = new(new HttpMethod(words[0]), words[1]);
        if (body.Length > 0)
        {
            string? kind = words.Skip(2).FirstOrDefault(ContentTypes.ContainsKey);
            request.Content = new StringContent(kind == "text" ? body : Json(body), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(kind is null ? "application/json" : ContentTypes[kind]);
        }

        if (words.FirstOrDefault(each => each.StartsWith("as=", StringComparison.Ordinal)) is { } user)
        {
            request.Headers.TryAddWithoutValidation("Impersonate-User", user[3..]);
        }

        if (words.Contains("table"))
        {
            request.Headers.TryAddWithoutValidation("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        string warnings = response.Headers.TryGetValues("Warning", out IEnumerable<string>? all)
            ? string.Concat(all.Select(each => $"warning: {each}\n")) : "";
        return $"{(int)response.StatusCode}\n{warnings}{Shown(text)}";
    }

    private async Task<string> WatchAsync(string path, int count)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        using HttpResponseMessage response =
            await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(limit.Token));
        StringBuilder events = new();
        events.AppendLine($"{(int)response.StatusCode}");
        for (int i = 0; i < count; i++)
        {
            events.Append(Shown(await reader.ReadLineAsync(limit.Token) ?? "the end"));
        }

        return events.ToString();
    }

    // A definition is served a moment after it was created.
    private async Task AwaitAsync(string path)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative), limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    private async Task CreateNamespaceAsync()
    {
        JsonObject named = new() { ["metadata"] = new JsonObject { ["name"] = _known["ns"] } };
        using StringContent space = new(named.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage created = await http.PostAsync(new Uri("/api/v1/namespaces", UriKind.Relative), space);
        created.EnsureSuccessStatusCode();
        using StringContent account = new("""{"metadata":{"name":"default"}}""", Encoding.UTF8, "application/json");
        // The box has made it already.
        using HttpResponseMessage _ = await http.PostAsync(
            new Uri($"/api/v1/namespaces/{_known["ns"]}/serviceaccounts", UriKind.Relative), account);
    }

    private string Filled(string text) => Variable().Replace(
        text, match => _known.TryGetValue(match.Groups[1].Value, out string? value) ? value : match.Value);

    private static string Json(string yaml) =>
        yaml.StartsWith('[') ? Manifests.Parse($"list: {yaml}")[0]["list"]!.ToJsonString() : Manifests.Parse(yaml)[0].ToJsonString();

    private string Shown(string answer)
    {
        if (answer.Length == 0 || answer[0] != '{')
        {
            return answer.TrimEnd() + "\n";
        }

        JsonNode node = JsonNode.Parse(answer, documentOptions: new() { MaxDepth = 512 })!;
        JsonNode? metadata = node["metadata"];
        Know("rv", metadata?["resourceVersion"]);
        Know("uid", metadata?["uid"]);
        Know("continue", metadata?["continue"]);
        return Normalization.Text(node, _known["ns"]) + "\n";
    }

    private void Know(string name, JsonNode? value)
    {
        if ((string?)value is { Length: > 0 } text)
        {
            _known[name] = text;
        }
    }

    [GeneratedRegex(@"\{(ns|rv|uid|continue)\}")]
    private static partial Regex Variable();
}

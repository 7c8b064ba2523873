using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>The commands that the containers of scripted pods know; they need nothing but the pod's object and the clock.</summary>
internal sealed class KnownCommands(StoredObject pod, TimeProvider clock)
{
    private const int NotFound = 127;

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code; 127 for a command that is not known.</returns>
    public async Task<int> RunAsync(PodCommand command, CancellationToken cancellationToken)
    {
        string asked = command.Arguments is [var first, ..] ? first : "";
        string program = asked[(asked.LastIndexOf('/') + 1)..];
        string[] arguments = [.. command.Arguments.Skip(1)];
        switch (program, arguments)
        {
            case ("true", _):
                return 0;
            case ("false", _):
                return 1;
            case ("echo", _):
                return await SayAsync(string.Join(' ', arguments));
            case ("hostname", []):
                return await SayAsync(pod.Name);
            case ("date", []):
                return await SayAsync(clock.GetUtcNow().ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture));
            case ("env" or "printenv", []):
                return await SayAsync(string.Join('\n', Variables(command.Container).Select(each => $"{each.Key}={each.Value}")));
            case ("printenv", [var name]):
                return Variables(command.Container).TryGetValue(name, out string? value) ? await SayAsync(value) : 1;
            case ("cat", []):
                await command.Input.CopyToAsync(command.Output, cancellationToken);
                return 0;
            default:
                await WriteAsync(command.Error, $"{asked}: not found");
                return NotFound;
        }

        async Task<int> SayAsync(string text)
        {
            await WriteAsync(command.Output, text);
            return 0;
        }

        async Task WriteAsync(Stream stream, string text) =>
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{text}\n"), cancellationToken);
    }

    // Those with a value of their own: what comes from config maps and secrets is left out.
    private SortedDictionary<string, string> Variables(string container)
    {
        SortedDictionary<string, string> variables = new(StringComparer.Ordinal) { ["HOSTNAME"] = pod.Name };
        foreach (string kind in (string[])["containers", "initContainers"])
        {
            foreach (JsonElement each in pod.Spec.Items(kind).Where(each => each.Text("name") == container).SelectMany(
                found => found.Items("env")))
            {
                if (each.Text("value") is { } value)
                {
                    variables[each.Text("name")!] = value;
                }
            }
        }

        return variables;
    }
}

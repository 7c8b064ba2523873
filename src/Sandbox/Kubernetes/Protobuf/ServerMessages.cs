using Google.Protobuf.Reflection;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Protobuf;

/// <summary>The protobuf messages of the API server's kinds, by their full names; read when the first is asked for.</summary>
internal static class ServerMessages
{
    private const string Metadata = "k8s.io.apimachinery.pkg.apis.meta.v1";

    private static readonly Lazy<Dictionary<string, DescriptorProto>> ByName = new(Read);

    /// <summary>A message by its full name.</summary>
    public static DescriptorProto Get(string name) => ByName.Value[name.TrimStart('.')];

    /// <summary>The full name of the message of a kind; null where there is none.</summary>
    public static string? NameOf(string apiVersion, string kind)
    {
        (string group, string version) = apiVersion.Split('/') is [var first, var second]
            ? (first.Split('.')[0], second)
            : ("core", apiVersion);
        string ending = $".{group}.{version}.{kind}";
        return ByName.Value.Keys.FirstOrDefault(name => name.EndsWith(ending, StringComparison.Ordinal))
            ?? (ByName.Value.ContainsKey($"{Metadata}.{kind}") ? $"{Metadata}.{kind}" : null);
    }

    private static Dictionary<string, DescriptorProto> Read()
    {
        FileDescriptorSet files = FileDescriptorSet.Parser.ParseFrom(ServerDocuments.ReadMessages());
        Dictionary<string, DescriptorProto> messages = new(StringComparer.Ordinal);
        foreach (FileDescriptorProto file in files.File)
        {
            foreach (DescriptorProto message in file.MessageType)
            {
                string name = $"{file.Package}.{message.Name}";
                messages[name] = message;
                foreach (DescriptorProto entry in message.NestedType)
                {
                    messages[$"{name}.{entry.Name}"] = entry;
                }
            }
        }

        return messages;
    }
}

using System.Text.RegularExpressions;

namespace Temporalio.Tests.Compatibility;

/// <summary>Reads <c>official-api.txt</c>.</summary>
internal static partial class OfficialApi
{
    public static IReadOnlyList<ApiType> Read()
    {
        List<ApiType> types = [];
        string area = string.Empty, name = string.Empty;
        bool isEnum = false;
        List<string> members = [];
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Compatibility", "official-api.txt")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                area = line[3..];
            }
            else if (Header().Match(line) is { Success: true } header)
            {
                members = [];
                name = header.Groups["name"].Value;
                isEnum = header.Groups["kind"].Value == "enum";
                types.Add(new(area, name, members, []));
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                members.AddRange((isEnum ? line.Trim().Split(", ") : [Normalized(line.Trim())]).Where(member => !IsOfRecord(member, name)));
            }
        }

        return types;
    }

    // What the compiler adds to records.
    private static bool IsOfRecord(string member, string type) => member == "Type EqualityContract" || member == $"ctor({type} original)";

    // Which members can be overridden, and who may set a property, is not compared.
    private static string Normalized(string member) =>
        Accessors().Replace(member.Replace("virtual ", string.Empty, StringComparison.Ordinal), string.Empty);

    [GeneratedRegex(@"^(abstract |static )?(?<kind>class|interface|enum|struct) (?<name>[^:]+?)( : .*)?$")]
    private static partial Regex Header();

    [GeneratedRegex(@" \{ .*\}$")]
    private static partial Regex Accessors();
}

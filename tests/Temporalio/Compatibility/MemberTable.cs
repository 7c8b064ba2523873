using System.Text;

namespace Temporalio.Tests.Compatibility;

/// <summary>Writes which members of the official SDK are here, as a page.</summary>
internal static class MemberTable
{
    private const string Heading = """
        # Members

        Every public type of the official Temporal .NET SDK 1.18, and what of it is here. A test writes this page from the assembly and
        compares it; after a change of the API run it with `WRITE_MEMBERS=1`. What is *supported* has the official name, parameters and
        defaults. What is *absent* does not compile. What compiles and is refused with `NotSupportedException` is named in the
        [README](README.md); so is what behaves differently.

        """;

    public static string Write(IReadOnlyList<ApiType> official, IReadOnlyList<ApiType> ours)
    {
        Dictionary<string, ApiType> here = ours.ToDictionary(type => type.FullName);
        StringBuilder page = new(Heading);
        foreach (IGrouping<string, ApiType> area in official.GroupBy(type => type.Namespace))
        {
            page.Append($"\n## {area.Key}\n\n| type | supported | absent |\n| --- | --- | --- |\n");
            foreach (ApiType type in area)
            {
                page.Append(Row(type, here.GetValueOrDefault(type.FullName)));
            }
        }

        return page.ToString();
    }

    private static string Row(ApiType type, ApiType? here)
    {
        if (here is null)
        {
            return $"| `{type.Name}` | | the type |\n";
        }

        string[] absent = [.. type.Members.Where(member => !here.Members.Contains(member) && !here.Inherited.Contains(member))];
        int supported = type.Members.Count - absent.Length;
        return $"| `{type.Name}` | {(absent.Length == 0 ? "all" : $"{supported} of {type.Members.Count}")} | {string.Join("; ", absent.Select(member => $"`{member}`"))} |\n";
    }
}

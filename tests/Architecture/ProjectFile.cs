using System.Xml.Linq;

namespace Orchestrator.Architecture.Tests;

/// <summary>A project file, as far as its references go.</summary>
internal sealed class ProjectFile
{
    private readonly string _path;
    private readonly XDocument _document;

    private ProjectFile(string path)
    {
        _path = path;
        _document = XDocument.Load(path);
    }

    /// <summary>Its path in the repository, with slashes.</summary>
    public string RelativePath => InRepository(_path);

    /// <summary>Its folder in the repository: the name that the rules know it by.</summary>
    public string Folder => InRepository(Path.GetDirectoryName(_path)!);

    /// <summary>Its references to other projects.</summary>
    public IEnumerable<Arrow> Arrows =>
        Included("ProjectReference").Select(include => new Arrow(Folder, InRepository(Path.GetDirectoryName(Resolve(include))!)));

    /// <summary>The packages it takes from the registry.</summary>
    public IEnumerable<string> Packages => Included("PackageReference").Concat(Included("PackageDownload"));

    /// <summary>All project files of the repository.</summary>
    public static IReadOnlyList<ProjectFile> All() =>
    [
        .. Repository.CodeFolders
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => new ProjectFile(path)),
    ];

    private static string InRepository(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    private IEnumerable<string> Included(string item) =>
        _document.Descendants(item)
            .Select(element => (string?)element.Attribute("Include"))
            .OfType<string>()
            .SelectMany(include => include.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private string Resolve(string include) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(_path)!, include.Replace('\\', '/')));
}

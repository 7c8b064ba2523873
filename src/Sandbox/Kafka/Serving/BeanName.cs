namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>The name of a JMX bean, or a pattern of such names.</summary>
internal sealed class BeanName
{
    private readonly string _domain;
    private readonly SortedDictionary<string, string> _properties = new(StringComparer.Ordinal);

    private BeanName(string domain, bool isOpen) => (_domain, IsOpen) = (domain, isOpen);

    /// <summary>Whether further properties may follow: the name ends in <c>,*</c>.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether it may be the name of several beans.</summary>
    public bool IsPattern => IsOpen || _properties.ContainsValue("*");

    /// <exception cref="FormatException">It is not a name.</exception>
    public static BeanName Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string[] parts = colon < 0 ? [] : text[(colon + 1)..].Split(',');
        BeanName name = new(colon < 0 ? "" : text[..colon], parts.Contains("*"));
        foreach (string[] property in parts.Where(part => part != "*").Select(part => part.Split('=', 2)))
        {
            if (property.Length != 2)
            {
                throw new FormatException($"'{text}' is not the name of a bean.");
            }

            name._properties[property[0]] = property[1];
        }

        return name._properties.Count == 0 && !name.IsOpen ? throw new FormatException($"'{text}' is not the name of a bean.") : name;
    }

    /// <summary>Whether a bean has this name, or one of this pattern.</summary>
    public bool Matches(BeanName bean) => _domain == bean._domain
        && (IsOpen || _properties.Count == bean._properties.Count)
        && _properties.All(property => bean._properties.TryGetValue(property.Key, out string? value)
            && (property.Value == "*" || property.Value == value));

    /// <summary>The canonical name: its properties in the order of their keys.</summary>
    public override string ToString() =>
        $"{_domain}:{string.Join(',', _properties.Select(property => $"{property.Key}={property.Value}"))}{(IsOpen ? ",*" : "")}";
}

using System.Text;

namespace Orchestrator.Kubernetes;

/// <summary>The query of a request; parameters without a value are left out.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _text = new();

    public QueryText Add(string name, string? value) => string.IsNullOrEmpty(value) ? this : AddEvenEmpty(name, value);

    public QueryText Add(string name, bool value) => Add(name, value ? "true" : null);

    public QueryText AddEvenEmpty(string name, string value)
    {
        _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public override string ToString() => _text.ToString();
}

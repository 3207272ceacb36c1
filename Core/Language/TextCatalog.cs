using System.Resources;

namespace B24Otmechalka.Core.Language;

/// <summary>
/// The texts that an operator reads, in the language of <see cref="System.Globalization.CultureInfo.CurrentUICulture"/>: English where
/// it is not Russian. They stand in two resource files beside the class that is their namesake, <c>Strings.resx</c> and
/// <c>Strings.ru.resx</c>; <c>LanguageTests</c> compares the two.
/// </summary>
public sealed class TextCatalog
{
    private readonly ResourceManager resources;

    /// <summary>The texts beside a class.</summary>
    /// <param name="namesake">The class that has the files' name and stands beside them.</param>
    public TextCatalog(Type namesake) => resources = new ResourceManager(namesake);

    /// <summary>
    /// A text with its values filled in: <c>{0}</c> is the first of them, <c>{0:n=contact|contacts}</c> the word that fits its number.
    /// </summary>
    /// <param name="key">The text's key.</param>
    /// <param name="values">The values, in their order.</param>
    /// <exception cref="ArgumentException">There is no such text.</exception>
    public string Of(string key, params ReadOnlySpan<object?> values)
    {
        var text = resources.GetString(key) ?? throw new ArgumentException($"There is no text {key}.", nameof(key));
        return string.Format(PluralFormat.Instance, text, values);
    }
}

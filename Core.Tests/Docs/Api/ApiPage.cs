using System.Security.Cryptography;
using System.Text;
using B24Otmechalka.Core.Tests.Infra;

namespace B24Otmechalka.Core.Tests.Docs.Api;

/// <summary>
/// <c>docs/otmechalka-api.html</c>: the document and Redoc, which shows it, in one file that needs no network and no server, so that it can
/// be sent by mail.
/// </summary>
internal static class ApiPage
{
    private const string Logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";
    private const string NoLogo = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

    private static readonly NodeFolder Redoc = new(
        Documents.At("Core.Tests", "Docs", "Api", "Page"),
        "redoc",
        "bundles",
        "redoc.standalone.js"
    );

    /// <summary>What tells which document a page was made of.</summary>
    public static string MarkOf(string yaml)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml.ReplaceLineEndings("\n"))));
        return $"<meta name=\"source\" content=\"docs/otmechalka-api.yaml sha256:{hash}\">";
    }

    /// <summary>Makes the page.</summary>
    public static string Make(string yaml)
    {
        var json = Redocly.ToJson(Documents.At("docs", "otmechalka-api.yaml"));
        var program = Redoc.ReadOfPackage("redoc", "bundles", "redoc.standalone.js").Replace(Logo, NoLogo, StringComparison.Ordinal);
        return $$"""
            <!DOCTYPE html>
            <html lang="ru">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {{MarkOf(yaml)}}
            <title>API otmechalka.com для интеграции с Bitrix24</title>
            <style>body { margin: 0 }</style>
            </head>
            <body>
            <div id="page"></div>
            <noscript>Странице нужен JavaScript. То же самое текстом: docs/otmechalka-api.yaml.</noscript>
            <script>{{InScript(program)}}</script>
            <script>
            Redoc.init({{InScript(json)}}, { disableSearch: true, hideDownloadButton: true, expandResponses: "200" },
              document.getElementById("page"));
            </script>
            </body>
            </html>

            """;
    }

    // What would end the script's element, written so that it does not.
    private static string InScript(string text) => text.Trim().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
}

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>A call's refusal: what becomes <c>error</c> and <c>error_description</c>. Caught where the answer is written.</summary>
internal sealed class RestException(string code, string description, int status) : Exception(description)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>A method's own error: HTTP 400, the code usually empty (docs/bitrix24.md, section 2).</summary>
    public static RestException OfMethod(string description, string code = "") => new(code, description, 400);
}

using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>A card that may be the one in question. Holds names: to be shown to the person who asked, never logged.</summary>
/// <param name="Job">The job that carries it.</param>
/// <param name="Id">Its ID in Bitrix24.</param>
/// <param name="Link">Its address.</param>
/// <param name="Pupil">The pupil's name; <see langword="null"/> where none is filled in.</param>
/// <param name="Parent">The parent's name; <see langword="null"/> where none is filled in.</param>
/// <param name="Created">When it was created.</param>
/// <param name="Status">What its status field holds.</param>
public sealed record FoundCard(SyncJob Job, string Id, string Link, string? Pupil, string? Parent, DateTimeOffset Created, string? Status);

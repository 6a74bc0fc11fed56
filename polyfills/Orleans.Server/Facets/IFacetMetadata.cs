namespace Orleans;

/// <summary>Marks an attribute by which a grain's constructor parameter asks for a facet.</summary>
public interface IFacetMetadata;

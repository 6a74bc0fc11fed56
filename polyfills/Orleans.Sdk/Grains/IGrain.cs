using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of all grain interfaces.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>Base of all observer interfaces.</summary>
public interface IGrainObserver : IAddressable;

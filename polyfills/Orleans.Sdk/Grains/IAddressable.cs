namespace Orleans.Runtime;

/// <summary>Whatever calls can be addressed to.</summary>
public interface IAddressable;

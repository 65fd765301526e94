// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// serveStandIn offers a CLI something in the place of the provider of this source, such as
// hashicorp/vault, until the test ends. It returns the setting by which the CLI finds it.
func serveStandIn(t *testing.T, source string, server tfprotov6.ProviderServer) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	configs, closed, failed := make(chan *plugin.ReattachConfig), make(chan struct{}), make(chan error, 1)
	go func() {
		failed <- tf6server.Serve(source, func() tfprotov6.ProviderServer { return server }, tf6server.WithDebug(ctx, configs, closed),
			tf6server.WithLoggingSink(t), tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithoutLogStderrOverride())
	}()
	select {
	case config := <-configs:
		t.Cleanup(func() {
			stop()
			<-closed
			if err := <-failed; err != nil {
				t.Errorf("serve %s: %v", source, err)
			}
		})
		setting, err := json.Marshal(map[string]any{source: map[string]any{
			"Protocol": config.Protocol, "ProtocolVersion": config.ProtocolVersion, "Pid": config.Pid, "Test": config.Test,
			"Addr": map[string]string{"Network": config.Addr.Network(), "String": config.Addr.String()},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return "TF_REATTACH_PROVIDERS=" + string(setting)
	case err := <-failed:
		stop()
		t.Fatalf("serve %s: %v", source, err)
		return ""
	}
}

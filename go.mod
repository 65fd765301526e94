module github.com/gocobalt/terraform-provider-refold

go 1.26.0

require (
	// make release-check: signatures, checked as Terraform itself checks them during `init`.
	github.com/ProtonMail/go-crypto v1.4.1
	// Tests: the contract that requests and answers are held against is OpenAPI.
	github.com/getkin/kin-openapi v0.152.0
	// Tests: differences that can be read.
	github.com/google/go-cmp v0.7.0
	// A transport that no other library of the process shares or changes.
	github.com/hashicorp/go-cleanhttp v0.5.2
	// Tests: the log that servers of the plugin protocol want.
	github.com/hashicorp/go-hclog v1.6.3
	// Tests: servers of the plugin protocol beside the one under test.
	github.com/hashicorp/go-plugin v1.7.0
	// The loop around the attempts at a request; what is repeated is decided in internal/refold.
	github.com/hashicorp/go-retryablehttp v0.7.8
	// Versions of CLIs and constraints of them, read as Terraform reads them.
	github.com/hashicorp/go-version v1.9.0
	// The schema in the form that the generator of docs/ takes.
	github.com/hashicorp/terraform-json v0.29.0
	// What a provider is made of.
	github.com/hashicorp/terraform-plugin-framework v1.19.0
	// Validators of ranges, choices and attributes that exclude each other.
	github.com/hashicorp/terraform-plugin-framework-validators v0.19.0
	// The plugin protocol: serving it, and what lies around every call (redactserver, movement, wholemap).
	github.com/hashicorp/terraform-plugin-go v0.31.0
	// Log lines where the CLI looks for them.
	github.com/hashicorp/terraform-plugin-log v0.11.0
	// Tests: steps with a real CLI, and checks of plan and state.
	github.com/hashicorp/terraform-plugin-testing v1.16.0
	// Tests: the workflows. The contract brings it along.
	github.com/oasdiff/yaml3 v0.0.14
	// Values of the protocol, looked through without decoding all of them.
	github.com/vmihailenco/msgpack/v5 v5.4.1
	// Numbers and values as Terraform itself converts and compares them.
	github.com/zclconf/go-cty v1.18.1
	// Tests: nothing keeps running after a client is closed.
	go.uber.org/goleak v1.3.0
	// Tests: go.mod files, with their comments.
	golang.org/x/mod v0.35.0
	// Semaphores that end with a context.
	golang.org/x/sync v0.24.0
	// Unicode forms: ids and secrets that look alike.
	golang.org/x/text v0.36.0
	// The rate limiter.
	golang.org/x/time v0.16.0
	// make cover: the profiles of `go test`.
	golang.org/x/tools v0.43.0
)

require (
	github.com/agext/levenshtein v1.2.3 // indirect
	github.com/apparentlymart/go-textseg/v15 v15.0.0 // indirect
	github.com/cloudflare/circl v1.6.3 // indirect
	github.com/fatih/color v1.18.0 // indirect
	github.com/go-openapi/jsonpointer v0.22.5 // indirect
	github.com/go-openapi/swag/jsonname v0.25.5 // indirect
	github.com/golang/protobuf v1.5.4 // indirect
	github.com/hashicorp/errwrap v1.1.0 // indirect
	github.com/hashicorp/go-checkpoint v0.5.0 // indirect
	github.com/hashicorp/go-cty v1.5.0 // indirect
	github.com/hashicorp/go-multierror v1.1.1 // indirect
	github.com/hashicorp/go-uuid v1.0.3 // indirect
	github.com/hashicorp/hc-install v0.9.4 // indirect
	github.com/hashicorp/hcl/v2 v2.24.0 // indirect
	github.com/hashicorp/logutils v1.0.0 // indirect
	github.com/hashicorp/terraform-exec v0.25.1 // indirect
	github.com/hashicorp/terraform-plugin-sdk/v2 v2.40.0 // indirect
	github.com/hashicorp/terraform-registry-address v0.4.0 // indirect
	github.com/hashicorp/terraform-svchost v0.2.1 // indirect
	github.com/hashicorp/yamux v0.1.2 // indirect
	github.com/mattn/go-colorable v0.1.14 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	github.com/mitchellh/copystructure v1.2.0 // indirect
	github.com/mitchellh/go-testing-interface v1.14.1 // indirect
	github.com/mitchellh/go-wordwrap v1.0.1 // indirect
	github.com/mitchellh/mapstructure v1.5.0 // indirect
	github.com/mitchellh/reflectwalk v1.0.2 // indirect
	github.com/oasdiff/yaml v0.1.1 // indirect
	github.com/oklog/run v1.2.0 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	github.com/vmihailenco/msgpack v4.0.4+incompatible // indirect
	github.com/vmihailenco/tagparser/v2 v2.0.0 // indirect
	golang.org/x/crypto v0.50.0 // indirect
	golang.org/x/net v0.52.0 // indirect
	golang.org/x/sys v0.43.0 // indirect
	google.golang.org/appengine v1.6.8 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20251202230838-ff82c1b0f217 // indirect
	google.golang.org/grpc v1.79.3 // indirect
	google.golang.org/protobuf v1.36.11 // indirect
)
